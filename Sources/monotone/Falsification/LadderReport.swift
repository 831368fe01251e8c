import Arithmetic
import Files
import Foundation
import Guarantees
import MDPConformance
import MDPTesting
import Reports

/// What searches attained of every bound, and how they refuted every false variant.
struct LadderReport {
  private let configuration: Falsifier.Configuration

  init(_ configuration: Falsifier.Configuration) { self.configuration = configuration }

  /// The document: schema `monotone/ladder-search/v1`.
  struct Document: Encodable {
    var schema = "monotone/ladder-search/v1"
    var seed: UInt64
    var budget: Int
    var bounds: [Bound] = []
    var refutations: [Refuted] = []
  }

  struct Bound: Encodable {
    var id: String
    /// |G|/B of the worst update found.
    var attained: Double
    /// The constant in the theorem.
    var constant: Double
    /// The constant that this update shows to be needed.
    var needed: Double
    var states: Int
    var files: String
  }

  struct Refuted: Encodable {
    var id: String
    var statement: String
    var isRefuted: Bool
    var states: Int?
    var actions: Int?
    var margin: Double?
    var files: String?
    /// What shows the violation again, in the folder where the search ran.
    var command: String?
  }

  func write(to folder: String, json: Bool) throws {
    var document = Document(seed: configuration.seed, budget: configuration.budget)
    let bounds = ClaimCatalog.bounds
    let variants = FalseVariantCatalog.all
    for (index, claim) in bounds.enumerated() where !Interruption.isRequested {
      Console.progress("[\(index + 1)/\(bounds.count + variants.count)] \(claim.id)")
      if let bound = try attained(claim, folder) { document.bounds.append(bound) }
    }
    for (index, variant) in variants.enumerated() where !Interruption.isRequested {
      let position = bounds.count + index + 1
      Console.progress("[\(position)/\(bounds.count + variants.count)] \(variant.id)")
      document.refutations.append(try refuted(variant, folder))
    }
    Console.endProgress()
    let report = document.report
    do throws(ReportFailure) {
      try report.write(document, named: "ladder.json", to: folder)
    } catch {
      throw CommandFailure(error)
    }
    try Console.output(json ? try ResultJSON.text(document) : report.terminalText)
  }

  private func attained(_ claim: any ReturnBound, _ folder: String) throws -> Bound? {
    let found = Falsifier(FalsificationTarget(claim), configuration).search {
      Interruption.isRequested
    }
    guard let best = found.best else { return nil }
    let looseness =
      try Experiment(best).ladder.decide(claim).looseness?.quantity.approximation ?? .infinity
    let constant = claim.leadingConstant
    return Bound(
      id: claim.id, attained: 1 / looseness, constant: constant, needed: constant / looseness,
      states: best.mdp.space.stateCount,
      files: try Self.keep(best, in: "\(folder)/attained", named: claim.id))
  }

  private func refuted(_ variant: any FalseVariant, _ folder: String) throws -> Refuted {
    var refuted = Refuted(id: variant.id, statement: variant.statement, isRefuted: false)
    let falsifier = Falsifier(FalsificationTarget(variant), configuration)
    guard let best = falsifier.search(isStopped: { Interruption.isRequested }).best,
      let shrunk = falsifier.shrink(best)
    else { return refuted }
    refuted.isRefuted = true
    refuted.states = shrunk.input.mdp.space.stateCount
    refuted.actions = shrunk.input.mdp.space.actions.count
    refuted.margin = try Experiment(shrunk.input).ladder.decide(variant).margin?.quantity
      .approximation
    let stem = try Self.keep(shrunk.input, in: "\(folder)/refuted", named: variant.id)
    refuted.files = stem
    refuted.command = CheckCommand(stem: stem, subject: .variant(variant.id)).line
    return refuted
  }

  private static func keep(
    _ input: UpdateInput, in folder: String, named name: String
  ) throws -> String {
    do throws(UnwritableOutput) { return try input.write(into: folder, property: name) } catch {
      throw CommandFailure(error)
    }
  }
}
