import TestSupport
import Testing

@testable import MDPFormats

@Suite("Limits")
struct LimitTests {
  @Test("Numbers that would blow up are errors in milliseconds")
  func numbers() throws {
    let clock = ContinuousClock()
    let time = try clock.measure {
      for number in [
        "1e999999999", "1e-999999999", "\"1e999999999\"", String(repeating: "7", count: 200_000),
        "0.\(String(repeating: "3", count: 200_000))",
        "\"1/\(String(repeating: "7", count: 200_000))\"",
        "1e\(String(repeating: "0", count: 200_000))99999",
      ] {
        let found = faults { _ = try readMDP(mdpText(["discount": number])) }
        #expect(found.count == 1)
        #expect(found.first?.kind == .value)
        #expect(found.first?.path == "$.discount")
      }
      // At the limits all is well.
      for number in ["1e-10000", "0.\(String(repeating: "3", count: 50_000))"] {
        let document = try readMDP(mdpText(["discount": number]))
        #expect(document.discount.signum == 1)
        #expect(try readMDP(MDPWriter.write(document)) == document)
      }
    }
    #expect(time < .seconds(5))
  }

  @Test("Many short literals of long numbers are refused before memory is full")
  func longNumbers() {
    var configuration = MDPReaderConfiguration()
    configuration.memoryLimit = 1 << 20
    let vector = Array(repeating: "1e-10000", count: 1000).joined(separator: ", ")
    let found = faults {
      _ = try readMDP(
        mdpText(["features": "[[\(vector)], [\(vector)], [\(vector)]]"]),
        configuration: configuration)
    }
    #expect(found.count == 1)
    #expect(found.first?.kind == .value)
    #expect(found.first?.message.contains("round them") ?? false)
  }

  @Test("A model too large for memory is refused from its counts")
  func counts() throws {
    var configuration = MDPReaderConfiguration()
    configuration.memoryLimit = 1 << 30
    let marked = MarkedText(
      """
      {"schema": "monotone/mdp/v1", "name": "huge", "discount": 0.5, "states": ▶10000000000,
       "actions": ▶3000000000, "initial": {"0": 1}, "transitions": []}
      """)
    let found = faults { _ = try readMDP(marked.text, configuration: configuration) }
    expect(
      found, at: marked.places,
      [
        .value("$.states", "10000000000 states take at least 610351 MiB of memory, of which 1024"),
        .value("$.actions", "3000000000 actions"),
      ])
  }

  @Test("A large state space with few rows is no problem")
  func manyStates() throws {
    let text = """
      {"schema": "monotone/mdp/v1", "name": "large", "discount": 0.5, "states": 1000000,
       "actions": 1000000, "initial": {"999999": 1}, "transitions": []}
      """
    do {
      _ = try readMDP(text)
      Issue.record("read")
    } catch {
      #expect(error.faults.count == 100)
      #expect(error.unlisted == 999_900)
      #expect(error.faults.first?.message.hasPrefix("state \"0\" has no action") ?? false)
    }
  }

  @Test("A line of many megabytes is read, and its faults are placed")
  func longLine() {
    let long = String(repeating: "x", count: 20_000_000)
    let text = mdpText(["description": "\"\(long)\"", "discount": "2"])
      .split(separator: "\n").joined(separator: " ")
    let found = faults { _ = try readMDP(text) }
    #expect(found.map(\.path) == ["$.discount"])
    #expect(found.first?.line == 1)
  }
}
