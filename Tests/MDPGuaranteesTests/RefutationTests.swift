import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles
import Testing

@testable import MDPGuarantees

/// The committed counterexamples: a claim with a wrong constant must come out violated, the true
/// one beside it must hold.
@Suite("False variants")
struct RefutationTests {
  static let folder = Golden.root.appendingPathComponent("mdps/counterexamples")

  static let files: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".refutation.json") }.sorted()
  }()

  private func load(_ file: String) throws -> (BoundCase, PolicyUpdate<TrackedDouble>) {
    func input(_ path: String) throws -> InputBytes {
      try InputBytes(path: Self.folder.appendingPathComponent(path).path)
    }
    let refutation = try BoundCaseReader.read(input(file), as: .refutation)
    let document = try MDPReader.read(input(refutation.mdp))
    let evaluator = PolicyEvaluator(document)
    let policies = try [refutation.current, refutation.candidate].map {
      try PolicyReader.read(input($0), for: document).policy
    }
    return (
      refutation,
      PolicyUpdate(
        current: try evaluator.evaluate(policies[0]), candidate: try evaluator.evaluate(policies[1])
      )
    )
  }

  @Test(
    "A false variant is violated on its counterexample; every true claim holds", arguments: files)
  func refuted(file: String) throws {
    let (refutation, update) = try load(file)
    let variant = try #require(FalseVariantCatalogue.variant(refutation.claim))
    #expect(update.decide(variant).verdict == .violated)
    #expect(update.mdp.stateCount <= 3)
    #expect(update.check(current: "π", candidate: "π̃").worst == .holds)
  }

  @Test("Every false variant has a counterexample")
  func complete() throws {
    let refuted = Set(try Self.files.map { try load($0).0.claim })
    #expect(refuted == Set(FalseVariantCatalogue.all.map(\.id)))
  }

  /// Figures of `Tools/check_counterexamples.py`, exact arithmetic in Python: gap and claimed bound.
  @Test(
    "Gap and claimed bound are those of exact arithmetic",
    arguments: [
      ("total-variation-constant-2", -0.0330275229, 0.018),
      ("total-variation-constant-2-expected-advantage", -0.0637795, 0.00243),
      ("conservative-mixture-candidate-advantage", -0.473684, 0.09),
    ])
  func figures(name: String, gap: Double, bound: Double) throws {
    let (refutation, update) = try load("\(name).refutation.json")
    let variant = try #require(FalseVariantCatalogue.variant(refutation.claim) as? any ReturnBound)
    let width = try #require(variant.width(update).value.number)
    #expect(abs(update.surrogateGap.value - gap) < 1e-6)
    #expect(abs(width.value - bound) < 1e-9)
  }
}
