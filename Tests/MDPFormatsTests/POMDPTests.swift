import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import Testing

@testable import MDPFormats

@Suite("Cassandra's format")
struct POMDPTests {
  private func read(_ text: String) throws(InvalidInput) -> MDPDocument {
    try ModelReader.read(InputBytes(text, name: "test.pomdp"))
  }

  @Test("Wildcards, matrices and words stand for what they say; the last entry counts")
  func shorthand() throws {
    let document = try read(
      """
      discount: 0.5   # half
      values: cost
      states: left right
      actions: 2
      start: 0.25 0.75
      T: 0 identity
      T: 1
      uniform
      T: 1 : left : right 1.0
      T: 1 : left : left 0
      R: * : * : * 3
      R: 1 : left : right -.5
      """)
    #expect(Array(document.space.states) == ["left", "right"])
    #expect(Array(document.initial).map(\.description) == ["0.25", "0.75"])
    #expect(Array(document.transitions.nextState) == [0, 1, 1, 0, 1])
    #expect(
      Array(document.transitions.probability).map(\.description) == ["1", "1", "1", "0.5", "0.5"])
    #expect(Array(document.actionRewards).map(\.description) == ["-3", "0.5", "-3", "-3"])
  }

  @Test(
    "Names declared twice are refused: tables have their sizes by them",
    arguments: [
      "states", "actions",
    ])
  func twice(_ entry: String) {
    let text = """
      discount: 0.5
      values: reward
      states: 2
      actions: 1
      T: 0 identity
      \(entry): 5
      R: * : * : * 1
      """
    #expect {
      try read(text)
    } throws: { error in
      let faults = (error as? InvalidInput)?.faults ?? []
      return faults.count == 1 && "\(faults)".contains("stands twice")
    }
  }

  @Test("A model that is not fully observed is refused")
  func partiallyObserved() {
    let text = """
      discount: 0.5
      values: reward
      states: 2
      actions: 1
      observations: 2
      T: 0 identity
      O: 0 uniform
      R: 0 : 0 : * : * 1
      """
    let error = #expect(throws: InvalidInput.self) { try read(text) }
    #expect(error?.description.contains("partially observed") == true)
  }

  @Test("Unknown names have their place")
  func names() {
    let error = #expect(throws: InvalidInput.self) {
      try read("discount: 0.5\nvalues: reward\nstates: sun rain\nactions: go\nT: go : sum : * 1\n")
    }
    #expect(error?.faults.first.map { "\($0.line):\($0.column)" } == "5:9")
    #expect(error?.description.contains("did you mean \"sun\"?") == true)
  }
}
