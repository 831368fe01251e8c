import MonotoneArithmetic
import Testing

@testable import MDPCore

@Suite("Documents of models")
struct MDPDocumentTests {
  /// A row whose sum is beyond the tolerance, one whose sum ⅔ + 0.3333333333 is within, and an initial
  /// distribution that sums to ¾.
  private func wide() throws -> MDPDocument {
    var document = try FiniteMDPTests.document(
      probabilities: ["1/4", "1", "1", "1/3", "1/3", "0.3333333333"])
    document.transitions.rowSum = [
      0: try ExactNumber(parsing: "5/4"), 2: try ExactNumber(parsing: "29999999999/30000000000"),
    ]
    document.initial = ExactNumberArray(try numbers(["1/2", "1/4", "0"]))
    document.initialSum = try ExactNumber(parsing: "3/4")
    return document
  }

  @Test(
    "What every reader takes: sums beyond the tolerance are divided out, others stay as written")
  func tolerance() throws {
    let document = try wide()
    let narrow = document.withinTolerance
    #expect(narrow.transitions.rowSum.keys.sorted() == [2] && narrow.initialSum == nil)
    let expected = try fractions(["1/5", "4/5", "1", "1/3", "1/3", "0.3333333333"])
    #expect(narrow.transitions.probability.map(\.rational) == expected)
    #expect(narrow.initial.map(\.rational) == (try fractions(["2/3", "1/3", "0"])))
    // Both say the same of the model.
    let (before, after) = (try FiniteMDP<Rational>(document), try FiniteMDP<Rational>(narrow))
    #expect(before.initial == after.initial)
    #expect(before.transitions.values == after.transitions.values)
    #expect(narrow.withinTolerance == narrow)
  }

  @Test("Two documents are equal when they state the same model, wherever their rows stood")
  func equality() throws {
    let document = try wide()
    var other = document
    other.normalised = ["$.initial"]
    #expect(other == document)
    for change in [
      { $0.name = "other" }, { $0.discount = ExactNumber(1) }, { $0.initialSum = nil },
      { $0.transitions.rowSum[0] = nil }, { $0.features = [[ExactNumber(1)]] },
      { $0.actionRewards = ExactNumberArray([ExactNumber(1)]) }, { $0.source = "a book" },
    ] as [(inout MDPDocument) -> Void] {
      var changed = document
      change(&changed)
      #expect(changed != document)
    }
  }

  @Test("Undiscounted is what the file says is 1")
  func undiscounted() throws {
    #expect(try FiniteMDPTests.document(discount: "1.000").isUndiscounted)
    #expect(try !FiniteMDPTests.document(discount: "0.99999999999999999999").isUndiscounted)
  }
}
