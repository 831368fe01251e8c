import MonotoneArithmetic
import Foundation
import MDPGuarantees
import MDPVerification
import Testing

@testable import MonotoneReports

@Suite("Result JSON")
struct ResultJSONTests {
  @Test("A verification reads back as it was written, infinities included")
  func roundTrip() throws {
    for verification in [try Fixtures.small(), try Fixtures.large()] {
      let bytes = try ResultJSON.encode(verification)
      #expect(try ResultJSON.verification(from: bytes) == verification)
      #expect(try ResultJSON.encode(verification) == bytes)
    }
  }

  @Test("Every key is there, null where there is nothing")
  func nulls() throws {
    let object = try json(Fixtures.small())
    let model = try #require((object["models"] as? [[String: Any]])?.first)
    #expect(model["description"] is NSNull)
    #expect(model["source"] is NSNull)
    let refutation = try #require((object["refutations"] as? [[String: Any]])?.first)
    #expect(refutation["description"] is NSNull)
    let attainments = try #require(object["attainments"] as? [[String: Any]])
    #expect(attainments[0]["attained"] is NSNull)
    #expect(attainments[1]["attained"] as? Double == 0.25)
    let update = try #require((model["updates"] as? [[String: Any]])?.first)
    let check = try #require(update["check"] as? [String: Any])
    let claim = try #require((check["claims"] as? [[String: Any]])?.first)
    #expect(
      Set(claim.keys) == [
        "id", "kind", "bound", "upperBound", "margin", "radius", "looseness", "verdict",
        "rigorous", "arithmetic", "witness", "assumption",
      ])
    #expect(claim["bound"] is NSNull)
    #expect((claim["witness"] as? [String: Any])?["action"] is NSNull)
  }

  @Test("The text ends in one newline, has sorted keys and plain slashes")
  func form() throws {
    let text = try ResultJSON.text(Fixtures.small())
    #expect(text.hasSuffix("}\n"))
    #expect(text.contains("mdps/racing.json"))
    let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }
    #expect(keys.count == 7 && keys == keys.sorted())
  }

  @Test("A document of another schema is refused by name")
  func unknownSchema() throws {
    var verification = try Fixtures.small()
    verification.schema = "monotone/verification/v2"
    let failure = try failure(ResultJSON.encode(verification))
    #expect(failure.path == "$.schema")
    #expect(failure.reason.contains("monotone/verification/v2"))
    #expect(failure.reason.contains("monotone/verification/v1"))
    #expect(try self.failure(Data("{}".utf8)).reason.contains("no \"schema\""))
  }

  @Test("A fault is named with its path")
  func faults() throws {
    let text = try ResultJSON.text(Fixtures.small())
    let wrong = text.replacingOccurrences(of: "\"verdict\" : \"violated\"", with: "\"verdict\" : 7")
    #expect(try failure(Data(wrong.utf8)).message.contains("$.models[0].updates[1].check.claims"))
    let short = text.replacingOccurrences(of: "\"interrupted\" : false,", with: "")
    #expect(try failure(Data(short.utf8)).message == "$: the key \"interrupted\" is missing")
    #expect(try failure(Data("{\"schema\": ".utf8)).path == "$")
  }

  @Test(
    "No text of Foundation or the standard library reaches a user",
    arguments: [
      ("\"schema\"", "'schema'"), ("\"interrupted\" : false", "\"interrupted\" : 1e400"),
      ("\"verdict\" : \"violated\"", "\"verdict\" : \"perhaps\""),
      ("\"models\" : [", "\"models\" : [7, "), ("\"models\" : [", "\"models\" : [null, "),
      ("\"index\" : 1", "\"index\" : 1e30"),
      ("\"arithmetic\" : \"float64\"", "\"arithmetic\" : {}"),
      ("\"margin\" : ", "\"margin\" : \"large\", \"x\" : "),
      ("\"margin\" : ", "\"margin\" : 1e999, \"x\" : "), ("}", "]"), ("{", ""),
    ])
  func plainWords(original: String, damage: String) throws {
    let text = try ResultJSON.text(Fixtures.small())
    let wrong = text.replacingOccurrences(of: original, with: damage)
    guard wrong != text else { return }
    let message = try failure(Data(wrong.utf8)).message
    for raw in [
      "The data", "given data", "JSON number", "initialize", "Swift", "Array<", "Dictionary<",
      "Cocoa",
      "NS", "Verification", "Expected to decode", "couldn",
    ] {
      #expect(!message.contains(raw), "\(message)")
    }
  }

  @Test("A check's document is flat and names its schema")
  func check() throws {
    let object = try json(CheckDocument(Fixtures.check()))
    #expect(object["schema"] as? String == "monotone/check/v2")
    #expect(object["guaranteed"] as? String == "no" && object["improved"] as? String == "holds")
    #expect(object["outcome"] as? String == "improved")
    #expect(object["current"] as? String == "uniform")
    let quantities = try #require(object["quantities"] as? [String: Any])
    #expect(quantities["maxKL"] as? String == "infinity")
    #expect(
      Set(object.keys) == [
        "schema", "mdp", "current", "candidate", "arithmetic", "quantities", "claims", "tightest",
        "improved", "guaranteed", "outcome", "normalised",
      ])
    let old = try json(CheckDocument(Fixtures.check(), version: .v1))
    #expect(old["schema"] as? String == "monotone/check/v1")
    #expect(old["guaranteed"] as? String == "violated")
    #expect(Set(old.keys) == Set(object.keys).subtracting(["outcome"]))
  }

  @Test("Checks that were written before outcomes were read with the outcome that they imply")
  func older() throws {
    let text = try ResultJSON.text(Fixtures.small())
    let verification = try Fixtures.small()
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    func stripped(_ value: Any) -> Any {
      if let list = value as? [Any] { return list.map(stripped) }
      guard let object = value as? [String: Any] else { return value }
      return object.filter { $0.key != "outcome" && $0.key != "gain" }.mapValues(stripped)
    }
    let data = try JSONSerialization.data(withJSONObject: stripped(value))
    let outcomes = { (run: Verification) in
      run.models.flatMap(\.updates).map(\.check.outcome)
    }
    #expect(try outcomes(ResultJSON.verification(from: data)) == outcomes(verification))
  }

  @Test("A consistent equality is read, and weighs more than holds and less than undecided")
  func consistent() throws {
    let text = try ResultJSON.text(Fixtures.small()).replacingOccurrences(
      of: "\"verdict\" : \"violated\"", with: "\"verdict\" : \"consistent\"")
    let verification = try ResultJSON.verification(from: Data(text.utf8))
    #expect(verification.counts.consistent > 0)
    #expect(try ResultJSON.verification(from: ResultJSON.encode(verification)) == verification)
    #expect(Verdict.consistent.severity > Verdict.holds.severity)
    #expect(Verdict.consistent.severity < Verdict.undecided.severity)
  }

  @Test("A solution's document lists every state, terminal ones with empty actions")
  func solution() throws {
    let object = try json(Fixtures.solution())
    #expect(object["schema"] as? String == "monotone/solution/v1")
    #expect(
      Set(object.keys) == [
        "schema", "mdp", "policy", "arithmetic", "return", "stateValues", "actionValues",
        "advantages", "visitation", "accuracy", "normalised",
      ])
    #expect((object["stateValues"] as? [String: Double])?["overheated"] == 0)
    let visitation = try #require(object["visitation"] as? [String: Double])
    #expect(abs(visitation.values.reduce(0, +) - 10) < 1e-12)
    let actions = try #require(object["actionValues"] as? [String: [String: Double]])
    #expect(actions["overheated"] == [:])
    #expect(Set(actions["warm"]?.keys.map { $0 } ?? []) == ["slow", "fast"])
    let accuracy = try #require(object["accuracy"] as? [String: Any])
    #expect(Set(accuracy.keys) == ["reciprocalCondition", "value", "visitation"])
  }

  @Test("A number that JSON has no word for is an error, not a crash")
  func notANumber() throws {
    var solution = try Fixtures.solution()
    solution.expectedReturn = .number(.nan)
    #expect(throws: UnencodableResult.self) { try ResultJSON.encode(solution) }
  }

  private func json(_ document: some Encodable) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: ResultJSON.encode(document)) as? [String: Any])
  }

  private func failure(_ data: Data) throws -> InvalidResult {
    try #require(throws: InvalidResult.self) { try ResultJSON.verification(from: data) }
  }
}
