import MonotoneArithmetic
import Foundation

@testable import MDPGuarantees
import MDPVerification
@testable import MonotoneReports

extension Fixtures {
  private static let names = [
    "bandit", "cliff-walking", "combination-lock", "coupling-family", "deep-sea-8", "double-loop",
    "equipment-replacement", "forest-management", "frozen-lake-4x4", "frozen-lake-8x8",
    "gamblers-problem", "garnet-10-3-3", "garnet-100-4-10", "gridworld-4x4", "inventory-control",
    "jacks-car-rental", "kakade-2003", "periodic-cycle", "racing", "recycling-robot", "river-swim",
    "strens-chain", "taxi", "two-state-chain", "nearly-decomposable",
  ]
  private static let claims: [(String, ClaimKind, String, Double)] = [
    ("bellman-residual", .identity, "V and ρ solve their linear systems; Σ_a π A = 0", 0),
    ("performance-difference", .identity, "η(π̃) = η(π) + Σ_s ρ_π̃(s) Ā(s)", 0),
    ("surrogate-value", .identity, "L_π(π) = η(π)", 0),
    ("surrogate-gradient", .identity, "∇L_π = ∇η at π, along π̃ − π and in softmax logits", 0),
    ("pinsker", .inequality, "TV(s)² ≤ KL(s)/2 in each state", 0.2),
    ("visitation-shift-span", .aPosteriori, "|G| ≤ ½‖ρ_π̃ − ρ_π‖₁ · sp(Ā)", 0.7),
    ("visitation-shift", .aPosteriori, "|G| ≤ ‖ρ_π̃ − ρ_π‖₁ · ε_exp", 0.9),
    ("dobrushin", .aPosteriori, "|G| ≤ γ sp/(1 − γ τ(P_π̃)) Σ_s ρ_π(s) TVP(s)", 1.2),
    ("mean-total-variation", .aPriori, "|G| ≤ 2γ ε_exp/(1−γ) Σ_s ρ_π(s) TV(s)", 2.6),
    ("coupling-span", .aPriori, "|G| ≤ γ sp α c", 2.3),
    ("coupling", .aPriori, "|G| ≤ 4γ ε_max α² c", 2.8),
    ("total-variation", .aPriori, "|η(π̃) − L_π(π̃)| ≤ C (max_s TV)²", 3.3),
    ("kl", .aPriori, "|η(π̃) − L_π(π̃)| ≤ C max_s KL(π‖π̃)", 3.9),
    (
      "mean-kl", .aPriori,
      "|G| ≤ 2 sqrt(γ K F/(1−γ)) + γ m K/(1−γ), K = Σρ_π KL, F = Σρ_π (Ā − b)², m = max|Ā − b|", 2.4
    ),
    ("mean-kl-penalty", .aPriori, "|G| ≤ C E KL where γ ≥ 2/3", 3.0),
    ("monotone-step", .aPriori, "η(π̃) − η(π) ≥ M_π(π̃) − M_π(π)", 0),
  ]
  private static let updates = [
    ("all the way to greedy", "greedy(uniform)"),
    ("toward greedy by 1/2", "mix(1/2, uniform, greedy(uniform))"),
    ("toward greedy by 0.1", "mix(0.1, uniform, greedy(uniform))"),
    ("toward greedy by 0.01", "mix(0.01, uniform, greedy(uniform))"),
    ("random toward optimal by 0.1", "mix(0.1, random(7), optimal)"),
    ("small softmax step", "softmax(0.01, uniform)"), ("no step", "uniform"),
    ("worst action dropped", "drop(uniform)"),
  ]

  /// 3,200 results with margins from 1e-17 to 1e7, infinite ones, and two dozen that are bad news.
  static func large() throws -> Verification { try made.get() }

  private static let made = Result { try makeLarge() }

  private static func makeLarge() throws -> Verification {
    var state: UInt64 = 42
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let described = claims.map { NamedClaim(id: $0.0, kind: $0.1, statement: $0.2) }
    let template = try check()
    let models = try names.map { name in
      let size = pow(10, 4 * random() - 1)
      return try model(
        name,
        updates.map { label, candidate in
          var check = template
          check.claims = zip(described, claims).map { claim, entry in
            sample(claim, typical: entry.3, size: size, label: label, random)
          }
          return (label, check)
        })
    }
    return Verification(
      arithmetic: .float64, interrupted: false, models: models,
      refutations: [refutation("kakade-2003", .violated), refutation("coupling", .violated)],
      attainments: [
        attainment("fork", looseness: .enclosure(midpoint: 2, radius: 1e-16), rigorous: true)
      ],
      claims: described.map { ClaimDescription($0) })
  }

  private static func sample(
    _ claim: NamedClaim, typical: Double, size: Double, label: String, _ random: () -> Double
  ) -> ClaimResult {
    let noise = pow(10, -17 + 3 * random())
    if claim.kind == .identity {
      return result(claim, .holds, margin: -noise * random(), radius: noise * (1 + size))
    }
    if claim.id == "mean-kl-penalty", size < 0.3 {
      return result(claim, .notApplicable, assumption: "γ ≥ 2/3 fails: γ = 1/2")
    }
    if label == "worst action dropped", claim.id.contains("kl") {
      return result(claim, .holds, margin: .infinity, looseness: .infinity)
    }
    if label == "no step" {
      return result(claim, .holds, margin: random() < 0.3 ? 0 : -noise * 0.3, radius: noise)
    }
    let gap = size * pow(10, -8 * random())
    let looseness = pow(10, typical * (0.4 + 1.2 * random()) + 0.001)
    let luck = random()
    if luck < 0.006 { return result(claim, .violated, margin: -gap * 0.4, looseness: 0.6) }
    if luck < 0.009 {
      return result(
        claim, .undecided, margin: noise, radius: 10 * noise,
        assumption: "float64 solved this model with a relative error bound above 1e-6")
    }
    return result(
      claim, .holds, margin: gap * (looseness - 1), radius: noise * size,
      looseness: claim.id == "monotone-step" ? nil : looseness)
  }
}
