import MonotoneProbability
import MDPCore
import Testing

@testable import NeuralTRPO

@Suite("Finite models as environments")
struct SampledMDPTests {
  /// Terminal states, rewards by next state, actions that some states do not offer.
  static let names = [
    "racing", "recycling-robot", "gamblers-problem", "frozen-lake-4x4", "garnet-10-3-3",
  ]

  private func step(
    _ environment: SampledMDP, _ state: Int, _ action: Int, _ stream: inout RandomStream
  ) -> (state: Int, step: Step) {
    var next = SampledMDP.State(index: state)
    let step = environment.step(&next, [Double(action)], &stream)
    return (next.index, step)
  }

  @Test(
    "Steps have the model's transition probabilities; false alarm 1e-6 a pair", arguments: names)
  func transitions(name: String) {
    let environment = Models.sampled(name, timeLimit: nil)
    let (model, space) = (environment.model, environment.model.space)
    var stream = RandomStream(seed: 43)
    // No model has so many pairs that its false alarms sum to more than 1e-3.
    for state in space.liveStates {
      for pair in space.pairs(of: state).prefix(4) {
        var expected = [Double](repeating: 0, count: space.stateCount)
        for entry in model.transitions.rowStart[pair]..<model.transitions.rowStart[pair + 1] {
          expected[Int(model.transitions.columns[entry])] += model.transitions.values[entry]
        }
        var counts = [Int](repeating: 0, count: space.stateCount)
        // So that each next state is expected at least ten times.
        let rarest = expected.filter { $0 > 0 }.min() ?? 1
        for _ in 0..<max(500, Int(10 / rarest)) {
          let (next, result) = step(environment, state, Int(space.pairAction[pair]), &stream)
          counts[next] += 1
          #expect(result.reward == model.expectedReward[pair])
          #expect(result.isTerminal == space.isTerminal[next])
        }
        #expect(ChiSquare.accepts(counts, expected), "pair \(pair)")
      }
    }
  }

  @Test("Episodes begin by ρ₀ in the states where there is something to do", arguments: names)
  func starts(name: String) {
    let environment = Models.sampled(name, timeLimit: nil)
    let space = environment.model.space
    let live = (0..<space.stateCount).map {
      space.isTerminal[$0] ? 0 : environment.model.initial[$0]
    }
    #expect(environment.liveStart == live.reduce(0, +))
    var stream = RandomStream(seed: 44)
    var counts = [Int](repeating: 0, count: space.stateCount)
    for _ in 0..<5000 { counts[environment.start(&stream).index] += 1 }
    #expect(ChiSquare.accepts(counts, live.map { $0 / environment.liveStart }))
  }

  /// ρ₀ gives "over" a half.
  @Test("Episodes that are over before they begin are not played")
  func overBeforeTheyBegin() {
    let text = """
      {"schema": "monotone/mdp/v1", "name": "half", "discount": 0.9, "states": ["a", "over", "b"],
       "actions": ["go"], "initial": {"a": "3/8", "over": "1/2", "b": "1/8"}, "terminal": ["over"],
       "transitions": [{"from": "a", "action": "go", "to": {"b": 1}, "reward": 1},
                       {"from": "b", "action": "go", "to": {"over": 1}, "reward": 2}]}
      """
    let environment = Models.sampled(text: text, timeLimit: nil)
    #expect(environment.liveStart == 0.5)
    var stream = RandomStream(seed: 51)
    var counts = [0, 0, 0]
    for _ in 0..<4000 { counts[environment.start(&stream).index] += 1 }
    #expect(ChiSquare.accepts(counts, [0.75, 0, 0.25]))
  }

  @Test("Masks show which actions each state offers", arguments: names)
  func masks(name: String) {
    let environment = Models.sampled(name, timeLimit: nil)
    let space = environment.model.space
    var (mask, isPartial) = ([Bool](repeating: false, count: space.actions.count), false)
    for state in space.liveStates {
      mask.withUnsafeMutableBufferPointer {
        if let start = $0.baseAddress { environment.availability(.init(index: state), into: start) }
      }
      for action in mask.indices {
        #expect(mask[action] == (space.pair(state: state, action: action) != nil))
      }
      isPartial = isPartial || mask.contains(false)
    }
    #expect(environment.hasUnavailableActions == isPartial)
    let vector = EnvironmentVector(environment, count: 3, seed: 1)
    #expect(vector.steps.choiceCount == (isPartial ? space.actions.count : 0))
  }

  @Test("A state is seen one-hot, or as its row of features")
  func observations() {
    let model = Models.float("racing")
    let features = [[1.0, 2], [3, 4], [5, 6]]
    for index in 0..<3 {
      var seen = [9.0, 9, 9]
      Models.sampled("racing", timeLimit: nil).observe(.init(index: index), into: &seen)
      #expect(seen == (0..<3).map { $0 == index ? 1 : 0 })
      var row = [9.0, 9]
      let environment = SampledMDP(model, features: features, timeLimit: nil)
      #expect(environment.observationWidth == 2)
      environment.observe(.init(index: index), into: &row)
      #expect(row == features[index])
    }
  }

  @Test("Actions that there are not are refused")
  func unavailable() async {
    await #expect(processExitsWith: .failure) {
      let environment = Models.sampled("recycling-robot", timeLimit: nil)
      let vector = EnvironmentVector(environment, count: 1, seed: 1)
      // To recharge, with a high battery.
      vector.steps.actions[0] = 2
      vector.step()
    }
    await #expect(processExitsWith: .failure) {
      let environment = Models.sampled("frozen-lake-4x4", timeLimit: nil)
      let vector = EnvironmentVector(environment, count: 1, seed: 1)
      // Beyond the first state's actions lie the second's.
      vector.steps.actions[0] = 4
      vector.step()
    }
  }
}
