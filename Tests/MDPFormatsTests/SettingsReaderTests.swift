import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

@Suite("Settings")
struct SettingsReaderTests {
  private func read(_ text: String) throws(InvalidInput) -> [Setting] {
    try SettingsReader.read(
      InputBytes(text, name: "run.json"),
      names: ["discount", "hidden", "critic", "stopReturn", "criticFirst"],
      fault: { name, value in
        guard name == "discount", case .number(let number) = value, number >= 1 else { return nil }
        return "found \(number); expected a number below 1"
      })
  }

  @Test("Every kind of value, in the order of the known names")
  func values() throws {
    let settings = try read(
      """
      {"schema": "monotone/training/v1", "hidden": [64, 3e1], "discount": 0.1,
       "critic": "none", "stopReturn": null, "criticFirst": true}
      """)
    #expect(
      settings == [
        Setting(name: "discount", value: .number(0.1)),
        Setting(name: "hidden", value: .numbers([64, 30])),
        Setting(name: "critic", value: .text("none")),
        Setting(name: "stopReturn", value: .null),
        Setting(name: "criticFirst", value: .flag(true)),
      ])
  }

  @Test("Every fault at once, each with its place")
  func faults() {
    let text = """
      {"schema": "monotone/training/v1",
       "discount": 1.5, "hiden": [64],
       "hidden": ["64"], "critic": {}, "critic": "none", "stopReturn": 1e999}
      """
    do {
      _ = try read(text)
      Issue.record("read")
    } catch {
      #expect(error.faults.map(\.line) == [2, 2, 3, 3, 3, 3])
      let messages = error.faults.map(\.message)
      #expect(messages[0].contains("below 1"))
      #expect(messages[1].contains("unknown key"))
      #expect(messages[4].contains("twice"))
    }
  }

  @Test("Another format, and none at all, are refused")
  func otherFormats() {
    for text in [#"{"schema": "monotone/mdp/v1"}"#, "{}", "[]", "1", ""] {
      #expect(throws: InvalidInput.self) { try read(text) }
    }
  }
}
