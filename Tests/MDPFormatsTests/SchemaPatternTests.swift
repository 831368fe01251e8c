import MonotoneArithmetic
import Foundation
import Testing

/// The JSON Schema and the reader accept the same texts as numbers.
@Suite("Numbers in the schema")
struct SchemaPatternTests {
  private static let texts = [
    "0", "1", "10", "01", "00", "0.5", "00.5", "0.50", "1.", ".5", "1.5", "01.5", "-0", "-1", "-01",
    "--1", "+1", "1e5", "1E5", "1e+5", "1e-5", "1e05", "01e5", "1e", "1e10000", "1e010000",
    "1e10001",
    "1e-10000", "1.5e3", "0e0", "1/2", "01/2", "1/02", "0/1", "-1/2", "-01/2", "1/0", "1/00",
    "1/-2",
    "1/+2", "1.5/2", "1/2.5", "1/2e3", "/2", "1.0", "1.00", "2", "-0.0", "-0e5", "-0/3", "-0.5",
    "-00", "1/", "", " 1", "1 ", "0x1", "1_0", "١", "infinity",
  ]

  private func pattern(_ file: String, _ definition: String) throws -> Regex<AnyRegexOutput> {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("mdps/schema/\(file).schema.json")
    let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    let definitions = try #require(schema?["$defs"] as? [String: [String: Any]])
    return try Regex(try #require(definitions[definition]?["pattern"] as? String))
      .asciiOnlyDigits()
  }

  @Test(
    "A pattern matches just what the reader reads",
    arguments: [
      ("mdp", "number"), ("mdp", "numberOrNull"), ("mdp", "probability"), ("mdp", "discount"),
      ("policy", "probability"), ("batch", "number"), ("batch", "weight"),
    ])
  func agreement(file: String, definition: String) throws {
    let pattern = try pattern(file, definition)
    // Policies may have anything at terminal states.
    let isNonNegative =
      ["probability", "discount", "weight"].contains(definition) && file != "policy"
    for text in Self.texts {
      let number = try? ExactNumber(parsing: text)
      let isRead = number.map { !isNonNegative || $0.signum >= 0 } ?? false
      // A discount written as a decimal without exponent shows that it is at most 1.
      let isTooLarge =
        definition == "discount" && !text.contains("/") && !text.lowercased().contains("e")
        && number.map { $0 > ExactNumber(1) } ?? false
      let matches = text.wholeMatch(of: pattern) != nil
      #expect(matches == (isRead && !isTooLarge), "\(definition): \(text)")
    }
  }
}
