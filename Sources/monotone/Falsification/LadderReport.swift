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
    let gnuplot = try Gnuplot.found()
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
    let text = Self.markdown(document)
    let figure: String
    do throws(FigureFailure) {
      figure = try AttainedFigure.svg(
        document.bounds.map { .init(name: $0.id, attained: $0.attained) }, gnuplot: gnuplot)
    } catch {
      throw CommandFailure(error)
    }
    try Self.write(
      [
        "ladder.json": Array(try ResultJSON.encode(document)), "summary.md": Array(text.utf8),
        "attained.svg": Array(figure.utf8),
      ], to: folder)
    try Console.output(json ? try ResultJSON.text(document) : text)
  }

  private static func write(_ files: [String: [UInt8]], to folder: String) throws {
    var set = AtomicFileSet(makesFolders: true)
    do throws(UnwritableOutput) {
      for (name, bytes) in files { try set.prepare(bytes, at: "\(folder)/\(name)") }
      try set.commit()
    } catch {
      set.discard()
      throw CommandFailure(error)
    }
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

  private static func markdown(_ document: Document) -> String {
    func four(_ value: Double) -> String { String(format: "%.4g", value) }
    var lines = [
      "# What searches attain of the bounds", "",
      "Seed \(document.seed), \(document.budget) updates a search. The attained share is |η(π̃) − L|/B of "
        + "the worst update found, in rational arithmetic; the constant needed is that share of the "
        + "theorem's leading constant. A search that stops short of 1 proves nothing; one that "
        + "passed 1 would refute the bound.", "", "![Attained shares](attained.svg)", "",
      "| bound | attained | theorem's constant | constant needed | states |",
      "|---|---|---|---|---|",
    ]
    for bound in document.bounds {
      lines.append(
        "| `\(bound.id)` | \(four(bound.attained)) | \(four(bound.constant)) | "
          + "\(four(bound.needed)) | \(bound.states) |")
    }
    lines += [
      "", "## False variants", "",
      "Each was searched for, proved wrong in rational arithmetic, and shrunk.", "",
      "| variant | claim | refuted | states | actions | margin |", "|---|---|---|---|---|---|",
    ]
    for refuted in document.refutations {
      lines.append(
        "| `\(refuted.id)` | \(refuted.statement.replacingOccurrences(of: "|", with: "\\|")) | "
          + "\(refuted.isRefuted ? "yes" : "no") | \(refuted.states.map(String.init) ?? "–") | "
          + "\(refuted.actions.map(String.init) ?? "–") | \(refuted.margin.map(four) ?? "–") |")
    }
    let commands = document.refutations.compactMap(\.command)
    if !commands.isEmpty { lines += ["", "To reproduce:", "", "```"] + commands + ["```"] }
    return lines.joined(separator: "\n") + "\n"
  }
}
