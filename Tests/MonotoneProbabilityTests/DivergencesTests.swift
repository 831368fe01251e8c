import MonotoneArithmetic
import Foundation
import Testing

@testable import MonotoneProbability

@Suite("Divergences")
struct DivergencesTests {
  private func divergence(_ p: [Double], _ q: [Double]) -> Extended<Double> {
    Divergences.kullbackLeibler(p.indices, { p[$0] }, { q[$0] })
  }

  /// For a fair coin against one of bias ½ + e, KL = −½ ln(1 − 4e²). Powers of two are biases that
  /// float64 holds exactly on both sides.
  @Test(
    "A fair coin against a slightly biased one",
    arguments: [0x1p-2, 0x1p-7, 0x1p-10, 0x1p-14, 0x1p-23, 0x1p-26])
  func coin(bias: Double) throws {
    let value = try #require(divergence([0.5, 0.5], [0.5 + bias, 0.5 - bias]).number)
    let expected = -0.5 * log1p(-4 * bias * bias)
    // x − ln(1 + x) cancels down to x/4 of its size above the series limit 1e-3.
    #expect(abs(value - expected) <= (bias > 0x1p-11 ? 4e-13 : 4e-16) * expected)
  }

  @Test("Support decides between finite and infinite")
  func support() {
    #expect(
      divergence([1, 0], [0.5, 0.5]).number.map { abs($0 - 0.693147180559945309) < 1e-15 } == true)
    #expect(divergence([0.5, 0.5], [1, 0]).isInfinite)
    #expect(divergence([0.25, 0.75], [0.25, 0.75]).number == 0)
  }

  /// KL((½, ½) ‖ (1 − e, e)) = ½ ln(1/(4e(1 − e))) = 29 ln 2 for e = 2⁻⁶⁰, to e. There (q − p)/p rounds
  /// to −1, as it is for q = 0.
  @Test("An action that is nearly lost has a finite divergence")
  func nearlyLost() throws {
    let value = try #require(divergence([0.5, 0.5], [1 - 0x1p-60, 0x1p-60]).number)
    #expect(abs(value - 29 * log(2)) < 1e-14)
    let tracked = [[0.5, 0.5], [1 - 0x1p-60, 0x1p-60]].map { $0.map { TrackedDouble($0) } }
    let divergence = Divergences.kullbackLeibler(0..<2, { tracked[0][$0] }, { tracked[1][$0] })
    let number = try #require(divergence.number)
    #expect(abs(number.value - 29 * log(2)) <= number.error && number.error < 1e-13)
  }

  @Test("Total variation is half the sum of differences")
  func totalVariation() {
    let (p, q) = ([0.5, 0.25, 0.25], [0.0, 0.5, 0.5])
    #expect(Divergences.totalVariation(0..<3, { p[$0] }, { q[$0] }) == 0.5)
  }
}
