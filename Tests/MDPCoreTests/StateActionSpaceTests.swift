import TestSupport
import Testing

@testable import MDPCore

@Suite("States and their actions")
struct StateActionSpaceTests {
  /// Live states 1, 2 and 5 of six, with two, one and three actions of four.
  static let space = StateActionSpace(
    states: Names(count: 6), actions: Names(["a", "b", "c", "d"]),
    isTerminal: [true, false, false, true, true, false], pairStart: [0, 0, 2, 3, 3, 3, 6],
    pairAction: [1, 3, 0, 0, 2, 3])

  @Test("Pairs by state, and the state of each pair by bisection, past terminal states")
  func pairs() {
    let space = Self.space
    #expect(space.states.indices.map { space.pairs(of: $0).count } == [0, 2, 1, 0, 0, 3])
    #expect((0..<space.pairCount).map { space.state(ofPair: $0) } == [1, 1, 2, 5, 5, 5])
    #expect((0..<6).map { space.actionName(ofPair: $0) } == ["b", "d", "a", "a", "c", "d"])
    #expect(space.liveStates == [1, 2, 5] && space.livePosition == [-1, 0, 1, -1, -1, 2])
    #expect(space.stateCount == 6 && space.pairCount == 6)
  }

  @Test("Every state of a long space is found again, whatever stands around it")
  func bisection() {
    let terminal = (0..<257).map { $0 % 3 == 0 || $0 > 250 }
    var start = [0]
    for state in terminal.indices {
      start.append(start[state] + (terminal[state] ? 0 : 1 + state % 4))
    }
    let space = StateActionSpace(
      states: Names(count: 257), actions: Names(count: 4), isTerminal: terminal, pairStart: start,
      pairAction: terminal.indices.flatMap { state in
        (0..<(start[state + 1] - start[state])).map { Int32($0) }
      })
    for state in terminal.indices {
      for pair in space.pairs(of: state) { #expect(space.state(ofPair: pair) == state) }
    }
  }

  @Test("An action that a state does not offer has no pair")
  func unavailable() {
    #expect(Self.space.pair(state: 5, action: 2) == 4)
    #expect(Self.space.pair(state: 5, action: 1) == nil)
    #expect(Self.space.pair(state: 0, action: 0) == nil)
    // The pairs of other states have the action.
    #expect(Self.space.pair(state: 1, action: 0) == nil)
  }

  @Test("A terminal state with an action, and a live one without, are refused by name")
  func terminality() async {
    let terminal = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = StateActionSpace(
        states: Names(["on", "off"]), actions: Names(count: 1), isTerminal: [false, true],
        pairStart: [0, 1, 2], pairAction: [0, 0])
    }
    #expect(terminal?.errorText.contains("state off must offer an action or be terminal") == true)
    let live = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = StateActionSpace(
        states: Names(["on", "off"]), actions: Names(count: 1), isTerminal: [false, false],
        pairStart: [0, 1, 1], pairAction: [0])
    }
    #expect(live?.errorText.contains("state off must offer an action or be terminal") == true)
  }

  @Test("Parts of different lengths, and pairs that are none, are refused with the numbers")
  func shapes() async {
    let parts = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = StateActionSpace(
        states: Names(count: 2), actions: Names(count: 1), isTerminal: [false, true],
        pairStart: [0, 1, 1], pairAction: [0, 0])
    }
    #expect(parts?.errorText.contains("2 terminal marks, 3 starts ending at 1, 2 pairs") == true)
    let pair = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = StateActionSpaceTests.space.state(ofPair: 6) }
    #expect(pair?.errorText.contains("pair 6 of 6") == true)
  }
}
