import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

@Suite("Policies stacked in one array")
struct PolicyStackTests {
  private static let values: [Double] = [0.25, 0.75, 1, 0, 0, 0, 0.5, 0.5, 1, 0, -2, 3]

  private func stack(_ file: NPYFile) throws -> PolicyStack? {
    try PolicyStack(InputBytes(file.bytes, name: "p.npy"), for: PolicyReaderTests.model())
  }

  @Test("In order, in C and in Fortran order")
  func order() throws {
    // The first index varies fastest.
    var fortran: [Double] = []
    for action in 0..<2 {
      for state in 0..<3 {
        for policy in 0..<2 { fortran.append(Self.values[policy * 6 + state * 2 + action]) }
      }
    }
    for file in [
      NPYFile(shape: "(2, 3, 2)", values: Self.values),
      NPYFile(order: "True", shape: "(2, 3, 2)", values: fortran),
    ] {
      let found = try stack(file)
      let stack = try #require(found)
      #expect(stack.count == 2)
      let first = try stack.policy(0).policy.probabilities
      #expect(first.map(\.description) == ["1/4", "3/4", "1"])
      let second = try stack.policy(1).policy.probabilities
      #expect(second.map(\.description) == ["1/2", "1/2", "1"])
    }
  }

  @Test("A fault in one says nothing of the others")
  func faultsOfOne() throws {
    var values = Self.values
    values[6] = 0.25
    let made = try stack(NPYFile(shape: "(2, 3, 2)", values: values))
    let stack = try #require(made)
    _ = try stack.policy(0)
    let found = faults { _ = try stack.policy(1) }
    expect(found, at: ["1:\(128 + 8 * 6 + 1)"], [.value("$[1][0]", "sum to about 0.75")])
  }

  @Test(
    "Of the wrong shape",
    arguments: [("(2, 2, 3)", 12), ("(3, 2, 2)", 12), ("(0, 3, 2)", 0), ("(2, 3, 2)", 11)])
  func shapes(_ shape: String, _ count: Int) {
    let file = NPYFile(shape: shape, values: Array(Self.values.prefix(count)))
    #expect(throws: InvalidInput.self) { try stack(file) }
  }

  @Test("Other readers name what it is for; the validator checks every policy")
  func elsewhere() throws {
    let input = InputBytes(NPYFile(shape: "(2, 3, 2)", values: Self.values).bytes, name: "p.npy")
    let model = try PolicyReaderTests.model()
    let found = faults { _ = try PolicyReader.read(input, for: model) }
    #expect(found.first?.message.contains("audit --policies") ?? false, "\(found)")
    #expect(try stack(NPYFile()) == nil)
    #expect(Validator.validate(input, against: model).isValid)
    // Without the model the third row, which is no distribution, may be a live state's.
    #expect(Validator.validate(input).faults.map(\.path) == ["$[1][2][0]"])
  }
}
