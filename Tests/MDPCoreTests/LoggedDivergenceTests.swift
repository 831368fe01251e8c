import Testing

@testable import MDPCore

@Suite("Divergences that a program reports")
struct LoggedDivergenceTests {
  @Test(
    "Words as programs print them, each kept as it was written",
    arguments: [
      ("0.01", 0.01, nil), ("0", 0, nil), ("-0.0", 0, nil), ("1e-300", 1e-300, nil),
      ("-1e-9", -1e-9, "negative"), ("inf", .infinity, "infinite"),
      ("Infinity", .infinity, "infinite"), ("-Infinity", -.infinity, "infinite"),
      ("1e999", .infinity, "infinite"),
    ] as [(String, Double, String?)])
  func words(_ word: String, _ number: Double, _ flaw: String?) throws {
    let divergence = try #require(LoggedDivergence(word: word))
    #expect(divergence.text == word && divergence.number == number && divergence.flaw == flaw)
  }

  @Test("No number is reported as none", arguments: ["nan", "NaN", "-nan"])
  func notANumber(_ word: String) throws {
    let divergence = try #require(LoggedDivergence(word: word))
    #expect(divergence.number.isNaN && divergence.flaw == "not a number")
  }

  @Test("Anything else is no number", arguments: ["", " ", "0,01", "1 2", "none", "0.01 ", "--1"])
  func others(_ word: String) {
    #expect(LoggedDivergence(word: word) == nil)
  }
}
