import Arithmetic
import MDPCore
import MDPSolvers
import Testing

@testable import Guarantees

/// Never a wrong verdict, never a crash: every model of the stress set with every step, in every
/// arithmetic.
///
/// Exact arithmetic is the truth here; `StressGoldenTests` holds it against Python's on a part.
@Suite("Stress set")
struct StressTests {
  /// One update of the set, in every arithmetic.
  private struct Case {
    let name: String
    let evaluator: PolicyEvaluator
    let current: NamedPolicy
    let candidate: NamedPolicy

    init(_ evaluator: PolicyEvaluator, _ step: StressUpdate) {
      let space = evaluator.space
      self.evaluator = evaluator
      name = "\(evaluator.document.name), \(step.start.rawValue), step \(step.step.rawValue)"
      current = NamedPolicy(name: "current", policy: step.current(space))
      candidate = NamedPolicy(name: "candidate", policy: step.candidate(space))
    }

    func check(
      _ arithmetic: ArithmeticKind, claims: [any Claim] = ClaimCatalog.all
    ) throws -> UpdateCheck {
      try UpdateVerifier(evaluator, arithmetic: arithmetic)
        .check(from: current, to: candidate, claims: claims)
    }
  }

  private static let steps = StressUpdate.Start.allCases.flatMap { start in
    StressUpdate.Step.allCases.map { StressUpdate(start: start, step: $0) }
  }

  private func eachCase(
    _ shape: StressModel.Shape, _ discount: StressModel.Discount, _ body: (Case) throws -> Void
  ) throws {
    for scale in StressModel.Scale.allCases {
      let evaluator = PolicyEvaluator(
        StressModel(shape: shape, discount: discount, scale: scale).document)
      for step in Self.steps { try body(Case(evaluator, step)) }
    }
  }

  @Test(
    "No verdict contradicts the exact one", arguments: StressModel.Shape.allCases,
    StressModel.Discount.allCases)
  func verdicts(shape: StressModel.Shape, discount: StressModel.Discount) throws {
    var count = UndecidedCount()
    try eachCase(shape, discount) { stress in
      let exact = try stress.check(.exact)
      #expect(exact.worst == .holds, "\(stress.name): \(exact.failures)")
      let certified = try stress.check(.certified)
      expect(certified, agreesWith: exact, stress.name)
      expect(try stress.check(.float64), isNoBolderThan: exact, stress.name)
      let auto = try stress.check(.auto)
      #expect(auto.verdicts == exact.verdicts, "\(stress.name)")
      #expect(auto.improved == exact.improved && auto.guaranteed == exact.guaranteed)
      count.add(certified)
    }
    print("STRESS", shape, discount, count)
  }

  @Test(
    "A false variant is violated just where it is false", arguments: StressModel.Shape.allCases,
    StressModel.Discount.allCases)
  func variants(shape: StressModel.Shape, discount: StressModel.Discount) throws {
    try eachCase(shape, discount) { stress in
      let exact = try stress.check(.exact, claims: FalseVariantCatalog.all)
      #expect(!exact.verdicts.values.contains(.undecided), "\(stress.name): \(exact.verdicts)")
      let certified = try stress.check(.certified, claims: FalseVariantCatalog.all)
      let auto = try stress.check(.auto, claims: FalseVariantCatalog.all)
      for (id, verdict) in exact.verdicts {
        let found = certified.verdicts[id]
        #expect(found == verdict || found == .undecided, "\(stress.name): \(id)")
      }
      #expect(auto.verdicts == exact.verdicts, "\(stress.name)")
    }
  }

  private func expect(_ check: UpdateCheck, agreesWith exact: UpdateCheck, _ name: String) {
    for (id, verdict) in exact.verdicts {
      let found = check.verdicts[id]
      #expect(found == verdict || found == .undecided, "\(name): \(id)")
    }
    for (found, truth) in [
      (check.improved, exact.improved), (check.guaranteed, exact.guaranteed),
    ] {
      #expect(found == truth || found == .undecided, "\(name)")
    }
  }

  /// Float64 counts what it cannot tell from zero as zero, so it may say `holds` of what just fails;
  /// what it denies must be false.
  private func expect(_ check: UpdateCheck, isNoBolderThan exact: UpdateCheck, _ name: String) {
    for (id, verdict) in check.verdicts where verdict == .violated || verdict == .notApplicable {
      #expect(exact.verdicts[id] == verdict, "\(name): \(id)")
    }
    if check.improved == .violated { #expect(exact.improved == .violated, "\(name)") }
  }
}

/// How many claims the certified arithmetic leaves open.
private struct UndecidedCount: CustomStringConvertible {
  var claims = 0
  var undecided = 0
  var inequalities = 0
  var open: [String: Int] = [:]

  mutating func add(_ check: UpdateCheck) {
    for claim in check.claims {
      claims += 1
      if claim.verdict == .undecided { undecided += 1; open[claim.id, default: 0] += 1 }
    }
  }

  var description: String { "\(undecided) of \(claims): \(open.sorted { $0.value > $1.value })" }
}

extension UpdateCheck {
  /// The verdicts by claim.
  fileprivate var verdicts: [String: Verdict] {
    Dictionary(uniqueKeysWithValues: claims.map { ($0.id, $0.verdict) })
  }

  /// What does not hold.
  fileprivate var failures: [String: Verdict] {
    verdicts.filter { $0.value != .holds && $0.value != .notApplicable }
  }
}
