import MonotoneArithmetic
import Foundation
import MDPCore
import MDPSolvers
import Testing

@testable import MDPGuarantees

/// What `Tools/make_bound_goldens.py` found: rational elimination, mpmath, numpy's inverse.
struct BoundGolden: Decodable {
  var pairs: [String: Pair]

  struct Pair: Decodable {
    var mixtureWeight: String
    var conservativeGainApplies: Bool
    var pointwiseImprovementApplies: Bool
    /// B by claim; nil where the claim does not apply.
    var bounds: [String: String?]
  }

  static let folder = Golden.root.appendingPathComponent("Tests/Goldens/bounds")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func load(_ name: String) throws -> BoundGolden {
    try JSONDecoder().decode(
      BoundGolden.self, from: Data(contentsOf: folder.appendingPathComponent("\(name).json")))
  }
}

@Suite("Bounds against rational elimination in Python")
struct BoundGoldenTests {
  @Test("Every bound of every pair", arguments: BoundGolden.names)
  func bounds(name: String) throws {
    let (golden, expected) = (try Golden.load(name), try BoundGolden.load(name))
    let document = try golden.document()
    for pair in try #require(golden.pairs) {
      let truth = try #require(expected.pairs[pair.name])
      let (current, candidate) = (
        try Golden.policy(pair.current, document.space),
        try Golden.policy(pair.candidate, document.space)
      )
      let tracked = try Updates.tracked(document, current, candidate)
      try compare(tracked, truth, "\(name), \(pair.name)")
      try compare(
        Updates.certified(document, current, candidate), truth, "\(name), \(pair.name), balls")
      let weight = try ExactNumber(parsing: truth.mixtureWeight).approximation
      #expect(abs(tracked.mixtureWeight.value - weight) <= tracked.mixtureWeight.error)
      for (claim, applies) in [
        (ConservativeGain(), truth.conservativeGainApplies),
        (PointwiseImprovement(), truth.pointwiseImprovementApplies),
      ] as [(any Claim, Bool)] {
        #expect((tracked.decide(claim).verdict == .notApplicable) == !applies, "\(claim.id)")
      }
    }
  }

  private func compare<Number: LadderNumber>(
    _ update: PolicyUpdate<Number>, _ truth: BoundGolden.Pair, _ name: String
  ) throws {
    for case let bound as any ReturnBound in ClaimCatalogue.all {
      let text = try #require(truth.bounds[bound.id], "\(bound.id) has no golden")
      guard let text else {
        #expect(update.decide(bound).verdict == .notApplicable, "\(name): \(bound.id)")
        continue
      }
      switch bound.width(update).value {
      case .infinity: #expect(text == "infinity", "\(name): \(bound.id)")
      case .finite(let width):
        try #require(text != "infinity", "\(name): \(bound.id)")
        let exact = try ExactNumber(parsing: text).approximation
        let difference = width.approximation - exact
        #expect(
          abs(difference) <= 1e-9 * abs(exact) + width.radius,
          "\(name): \(bound.id) is \(width), not \(text)")
        #expect(width.radius <= 1e-5 * max(1, abs(exact)), "\(name): \(bound.id) is \(width)")
      }
    }
  }
}
