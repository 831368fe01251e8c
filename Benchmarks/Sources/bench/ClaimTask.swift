import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPSolvers
import MDPTesting

/// All claims on one update of ten states with four actions: on the first rung of the ladder of proof, in
/// float balls, and on the second, in balls. Evaluations included, as audits and property tests need them.
final class ClaimTask {
  private let document = Garnet.generate(
    GarnetConfiguration(states: 10, actions: 4, branching: 3, seed: 1))
  private let current: ExactPolicy
  private let candidate: ExactPolicy
  private static let repetitions = 20

  init() {
    current = .random(document.space, seed: 1)
    candidate = .random(document.space, seed: 2)
  }

  /// In float balls.
  func screen() throws -> Double {
    try repeated { evaluator in
      _ = try ProofLadder(evaluator, from: current, to: candidate).enclosed().screen()
    }
  }

  /// In balls.
  func certify() throws -> Double {
    let (before, after) = (
      NamedPolicy(name: "current", policy: current),
      NamedPolicy(name: "candidate", policy: candidate)
    )
    return try repeated { evaluator in
      _ = try UpdateVerifier(evaluator, arithmetic: .certified).check(from: before, to: after)
    }
  }

  private func repeated(_ work: (PolicyEvaluator) throws -> Void) throws -> Double {
    try seconds {
      // Of the same evaluator a policy would be evaluated once.
      for _ in 0..<Self.repetitions { try work(PolicyEvaluator(document)) }
    }
  }
}
