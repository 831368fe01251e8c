import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles
import Testing

@testable import MDPGuarantees

/// The committed examples of how tight the bounds are, against `Tools/make_attainment_goldens.py`:
/// rational elimination in Python, logarithms and roots by mpmath.
@Suite("Attainment")
struct AttainmentTests {
  static let folder = Golden.root.appendingPathComponent("mdps/attainment")

  static let files: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".attainment.json") }.sorted()
  }()

  /// A unit in the last of the 40 digits that goldens have; ratios are at most 1.
  private func goldenRounding() throws -> Rational {
    try ExactNumber(parsing: "1e-40").rational
  }

  private struct Entry: Decodable {
    var claim: String
    var attained: String
  }

  /// An example: its bound, and its update in every arithmetic.
  private struct Example {
    var bound: any ReturnBound
    var document: MDPDocument
    var policies: [ExactPolicy]
  }

  private func load(_ file: String) throws -> Example {
    func input(_ path: String) throws -> InputBytes {
      try InputBytes(path: Self.folder.appendingPathComponent(path).path)
    }
    let attainment = try BoundCaseReader.read(input(file), as: .attainment)
    let document = try MDPReader.read(input(attainment.mdp))
    return Example(
      bound: try #require(ClaimCatalogue.bound(attainment.claim)),
      document: document,
      policies: try [attainment.current, attainment.candidate].map {
        try PolicyReader.read(input($0), for: document).policy
      })
  }

  private func goldens() throws -> [String: Entry] {
    let file = Golden.root.appendingPathComponent("Tests/Goldens/attainment/attained.json")
    return try JSONDecoder().decode([String: Entry].self, from: Data(contentsOf: file))
  }

  /// |G|/B as a report shows it.
  private func attained<Number: LadderNumber>(
    _ example: Example, _ update: PolicyUpdate<Number>
  ) throws -> Quantity {
    let finding = update.decide(example.bound)
    return try #require(finding.looseness?.quantity.reciprocal, "\(example.bound.id)")
  }

  @Test("Exactly what Python found: the fraction itself, or an enclosure of it", arguments: files)
  func exact(file: String) throws {
    let example = try load(file)
    let golden = try #require(try goldens()[file], "run make goldens")
    #expect(golden.claim == example.bound.id)
    let update = try Updates.exact(example.document, example.policies[0], example.policies[1])
    #expect(update.decide(example.bound).verdict == .holds)
    switch try attained(example, update) {
    case .exact(let fraction, _): #expect(fraction == golden.attained)
    case .enclosure(let midpoint, let radius):
      let distance = (try number(golden) - Rational(finite: midpoint)).magnitude
      let slack = Rational(finite: radius) + (try goldenRounding())
      #expect((slack - distance).isNonNegative == .yes)
      // A digit or two above what float64 can show: the precision doubles until claims decide.
      #expect(radius < 1e-15)
    case let other: Issue.record("\(other) is not exact")
    }
  }

  @Test("Balls enclose it, float64 comes within its error bound", arguments: files)
  func approximate(file: String) throws {
    let example = try load(file)
    let truth = try number(try #require(try goldens()[file]))
    let (current, candidate) = (example.policies[0], example.policies[1])
    // As 1/|G|·B, which is what enclosures are of.
    let looseness = Rational(1) / truth
    // Rounding a ratio above 1/10 changes its reciprocal by less than a hundred times as much.
    let slack = Rational(100) * (try goldenRounding())
    let ball = try Updates.certified(example.document, current, candidate).decide(example.bound)
    if case .enclosure(let midpoint, let radius)? = ball.looseness?.quantity {
      let distance = (looseness - Rational(finite: midpoint)).magnitude
      #expect((Rational(finite: radius) + slack - distance).isNonNegative == .yes)
    }
    #expect(ball.verdict == .holds || ball.verdict == .undecided)
    let float = try Updates.tracked(example.document, current, candidate).decide(example.bound)
    #expect(float.verdict == .holds)
    let number = try #require(float.looseness?.number)
    #expect(abs(number.value - looseness.doubleValue) <= number.error)
  }

  private func number(_ golden: Entry) throws -> Rational {
    try ExactNumber(parsing: golden.attained).rational
  }

  @Test("Every claim holds on every example, and none has more than three states", arguments: files)
  func claims(file: String) throws {
    let example = try load(file)
    #expect(example.document.space.stateCount <= 3)
    let update = try Updates.exact(example.document, example.policies[0], example.policies[1])
    #expect(update.check(current: "π", candidate: "π̃").worst == .holds)
  }

  @Test("Every bound of the ladder has an example, every example its golden")
  func complete() throws {
    let bounds = Set(ClaimCatalogue.bounds.map(\.id))
    #expect(Set(try Self.files.map { try load($0).bound.id }) == bounds)
    #expect(Set(try goldens().keys) == Set(Self.files))
  }

  @Test("What cannot exceed a smaller bound's attainment does not, and what is an equality is one")
  func order() throws {
    let attained = Dictionary(
      uniqueKeysWithValues: try goldens().values.map { ($0.claim, try number($0)) })
    // TV² ≤ KL/2 strictly, wherever policies differ.
    let half = Rational(numerator: 1, denominator: 2)
    #expect((half - (try #require(attained["kl"]))).isPositive == .yes)
    let one = Rational(1)
    let equalities = Set(attained.filter { ($1 - one).isExactlyZero }.keys)
    #expect(
      equalities == [
        "visitation-shift-span", "visitation-shift", "resolvent-ergodicity", "dobrushin",
        "mean-total-variation-span", "coupling-span", "coupling", "coupling-range",
        "conservative-mixture-2002",
      ])
  }
}
