import MDPCore
import MDPFormats
import MonotoneArithmetic
import TestSupport
import Testing

@testable import MDPGuarantees

/// The text that `check --coq` writes, against numbers worked out by hand and the grammar that Coq
/// reads. That Coq accepts such files, and refuses them with a number changed, is tried by
/// `Tools/test_coq_proofs.py`.
@Suite("Proofs for Coq")
struct CoqProofTests {
  /// Two states, γ = 1/2. In the first, one action stays for a reward of 1, the other goes to the
  /// second state, where nothing is to be had.
  private static let document = Updates.deterministic(
    next: [[0, 1], [1, 1]], rewards: [[share(1, 1), share(0, 1)], [share(0, 1), share(0, 1)]],
    discount: share(1, 2))

  /// The text for policies that stay with these probabilities.
  private static func proof(staying current: Rational, then candidate: Rational) throws -> String {
    let policies = [current, candidate].map {
      Updates.constant(document.space, [$0, Rational(1) - $0])
    }
    return try CoqProof(try Updates.exact(document, policies[0], policies[1])).text
  }

  private static func share(_ numerator: Int, _ denominator: Int) -> Rational {
    Rational(numerator: numerator, denominator: denominator)
  }

  /// With probability p of staying, V(0) = p + p V(0)/2 = 2p/(2 − p), ρ(0) = 2/(2 − p), and
  /// ρ(1) = 2 − ρ(0): for p = 1/3, V(0) = 2/5 and ρ = (6/5, 4/5); for p = 1/2, 2/3 and (4/3, 2/3).
  @Test("model, policies, values and visitation are the numbers worked out by hand")
  func statesTheNumbers() throws {
    let text = try Self.proof(staying: Self.share(1, 3), then: Self.share(1, 2))
    let one = "(Qmake 1 1)"
    let stay = "[:: Some (\(one), [:: \(one); zero]); Some (zero, [:: zero; \(one)])]"
    let second = "[:: Some (zero, [:: zero; \(one)]); Some (zero, [:: zero; \(one)])]"
    for expected in [
      "instance := Instance 2\n  (Qmake 1 2)\n  [:: \(one); zero]\n  [:: \(stay); \(second)].",
      "Definition current : matrix := [:: [:: (Qmake 1 3); (Qmake 2 3)]; [:: (Qmake 1 3); (Qmake 2 3)]].",
      "Definition candidate : matrix := [:: [:: (Qmake 1 2); (Qmake 1 2)]; [:: (Qmake 1 2); (Qmake 1 2)]].",
      "Certificate\n  [:: (Qmake 2 5); zero]\n  [:: (Qmake 6 5); (Qmake 4 5)]\n"
        + "  [:: (Qmake 2 3); zero]\n  [:: (Qmake 4 3); (Qmake 2 3)]\n",
      "Theorem return_of_current : expected_return old = Q2R (Qmake 2 5).",
      "Theorem return_of_candidate : expected_return new = Q2R (Qmake 2 3).",
      "Theorem improved :",
    ] {
      #expect(text.contains(expected), "\(expected)")
    }
    #expect(!text.contains("Theorem harmful"))
  }

  @Test("a lower return is stated as harmful, and is not guaranteed")
  func statesHarm() throws {
    let text = try Self.proof(staying: Self.share(1, 2), then: Self.share(1, 3))
    #expect(text.contains("Theorem harmful : expected_return new < expected_return old."))
    #expect(text.contains("Theorem not_guaranteed : ~ guaranteed_truly old new tried."))
    #expect(!text.contains("Theorem improved"))
    #expect(!text.contains("Theorem guaranteed"))
  }

  @Test("numbers are in lowest terms over a positive denominator, brackets close")
  func followsTheGrammar() throws {
    for (current, candidate) in [
      (Self.share(1, 3), Self.share(7, 20)),
      (Self.share(1, 1), Self.share(0, 1)),
      (Self.share(2, 7), Self.share(2, 7)),
    ] {
      let text = try Self.proof(staying: current, then: candidate)
      let numbers = text.matches(of: /Qmake \(?(-?[0-9]+)\)? (-?[0-9]+)/)
      #expect(numbers.count > 20)
      for number in numbers {
        let value = try ExactNumber(parsing: "\(number.1)/\(number.2)").rational
        let shortest = number.2 == "1" ? "\(number.1)" : "\(number.1)/\(number.2)"
        #expect(value.description == shortest)
      }
      // Numbers stand behind Qmake or as names, never as decimals.
      #expect(text.firstMatch(of: /[0-9]\.[0-9]/) == nil)
      var open: [Character] = []
      for character in text {
        if "([".contains(character) { open.append(character) }
        guard ")]".contains(character) else { continue }
        #expect(open.popLast() == (character == ")" ? "(" : "["))
      }
      #expect(open.isEmpty)
    }
  }

  /// A name of a model may hold anything; in the file it stands in a comment.
  @Test(
    "a model's name cannot leave its comment",
    arguments: ["*) Admitted. (*", "(* (* (*", "\"*)", "a\nDefinition b := 1."])
  func keepsNamesInComments(name: String) {
    let text = CoqText.comment(name)
    #expect(!text.contains("*"))
    #expect(!text.contains("("))
    #expect(!text.contains("\""))
    #expect(!text.contains("\n"))
    #expect(text.count == name.count)
  }
}
