import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

@Suite("Rows that do not sum to 1")
struct RowToleranceTests {
  private func configuration(
    _ stated: String? = nil, _ precision: PolicyPrecision = .float64
  ) throws -> MDPReaderConfiguration {
    var configuration = MDPReaderConfiguration()
    configuration.rowTolerance.stated = try stated.map { try ExactNumber(parsing: $0) }
    configuration.rowTolerance.precision = precision
    return configuration
  }

  /// Six digits of 1/3, 1/3 and 1/3, and of 1/3 and 2/3: both 10⁻⁶ below 1.
  private let sixDigits = mdpText([
    "initial": #"{"cool": 0.333333, "warm": 0.666666}"#,
    "transitions": """
    [
      {"from": "cool", "action": "slow", "to": {"cool": 0.333333, "warm": 0.333333, "over heated": 0.333333}},
      {"from": "warm", "action": "slow", "to": {"cool": 1}}
    ]
    """,
  ])

  @Test("A stated tolerance divides rows of a model by their sums, each named")
  func models() throws {
    let document = try readMDP(sixDigits, configuration: try configuration("1e-6"))
    #expect(document.normalised == ["$.initial", "$.transitions[0].to"])
    let model = try FiniteMDP<Rational>(document)
    #expect(
      model.initial == [
        Rational(numerator: 1, denominator: 3), Rational(numerator: 2, denominator: 3), .zero,
      ])
    let third = Rational(numerator: 1, denominator: 3)
    #expect(model.transitions.values == [third, third, third, .one])
    for tooTight in [nil, "1e-7", "0.00000099999"] {
      let found = faults { _ = try readMDP(sixDigits, configuration: try configuration(tooTight)) }
      #expect(found.map(\.path) == ["$.initial", "$.transitions[0].to"])
      #expect(found.allSatisfy { $0.message.contains("--normalise 1e-6") }, "\(found)")
    }
  }

  @Test("A tolerance below the usual one refuses what that would take")
  func tighter() throws {
    let text = mdpText(["initial": #"{"cool": 0.9999999999}"#])
    _ = try readMDP(text)
    #expect(throws: InvalidInput.self) {
      try readMDP(text, configuration: try configuration("1e-11"))
    }
  }

  @Test(
    "A message suggests no more than what rounding explains",
    arguments: [("0.99", "--normalise 1e-2"), ("0.98", nil)])
  func suggestion(_ probability: String, _ words: String?) {
    let found = faults { _ = try readMDP(mdpText(["initial": "{\"cool\": \(probability)}"])) }
    #expect(found.count == 1)
    #expect(found.first?.message.contains(words ?? "--normalise") == (words != nil))
  }

  @Test("What is written of such a model reads without the option, as the same model")
  func writing() throws {
    let document = try readMDP(sixDigits, configuration: try configuration("1e-6"))
    for form in MDPWriter.Form.allCases {
      let read = try readMDP(MDPWriter.write(document, form: form))
      let (model, again) = (try FiniteMDP<Rational>(document), try FiniteMDP<Rational>(read))
      #expect(
        again.initial == model.initial && again.transitions.values == model.transitions.values)
      #expect(read.normalised.isEmpty)
    }
  }

  /// Float32 probabilities of a softmax, written as float64: 2⁻²⁵ below 1.
  private let single = "[[0.8366613984107971, 0.1633385717868805], [1, 0], null]"

  @Test("Rounded to float32, in JSON, in float64 arrays and in lines")
  func precision() throws {
    let model = try PolicyReaderTests.model()
    let json = InputBytes(PolicyReaderTests.text(single), name: "p.json")
    let array = InputBytes(
      NPYFile(values: [0.8366613984107971, 0.1633385717868805, 1, 0, 0, 0]).bytes, name: "p.npy")
    let line = InputBytes("{\"probabilities\": \(single)}", name: "line")
    let expected = [0.8366613984107971, 0.1633385717868805].map {
      Rational(finite: $0)
        / (Rational(finite: 0.8366613984107971) + Rational(finite: 0.1633385717868805))
    }
    for configuration in [try configuration("1e-6"), try configuration(nil, .float32)] {
      let documents = [
        try PolicyReader.read(json, for: model, configuration: configuration),
        try PolicyReader.read(array, for: model, configuration: configuration),
        try PolicyLine(line, for: model, configuration: configuration).document,
      ]
      #expect(documents.map(\.normalised.count) == [1, 1, 1])
      #expect(documents[1].policy.probabilities == expected + [.one])
      #expect(documents.allSatisfy { ($0.policy[0] + $0.policy[1]) == .one })
    }
    #expect(throws: InvalidInput.self) { try PolicyReader.read(json, for: model) }
    #expect(throws: InvalidInput.self) { try PolicyReader.read(array, for: model) }
    #expect(throws: InvalidInput.self) { try PolicyLine(line, for: model) }
  }

  @Test("A line that names its precision is read so, whatever the command says")
  func lines() throws {
    let model = try PolicyReaderTests.model()
    let single = InputBytes(
      "{\"precision\": \"float32\", \"probabilities\": \(single)}", name: "line")
    _ = try PolicyLine(single, for: model)
    let double = InputBytes(
      "{\"precision\": \"float64\", \"probabilities\": \(self.single)}", name: "line")
    #expect(throws: InvalidInput.self) {
      try PolicyLine(double, for: model, configuration: try configuration(nil, .float32))
    }
  }
}
