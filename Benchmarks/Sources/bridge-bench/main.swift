import Foundation
import MonotoneFiles
import MonotoneProbability
import NeuralTRPO
import Simulators
import TrainingRuns

// Wall time per vector step of rollouts in `gym:Null-v0`, and in an environment of this process that does as
// little, under one policy: the difference is what the bridge and the Python process cost.
//
//     bridge-bench COUNT …          # environments; `bridge.py` calls this
//
// Both take turns in short rounds. A line for each count: the median of the bridge, of the other, and of the
// difference within a round, in microseconds.

/// An environment that does nothing: four numbers, two choices.
struct Null: Environment {
  struct State: EnvironmentState {
    var numbers: [Double] { [] }
    init() {}
    init?(numbers: [Double]) {}
  }

  let id = "Null"
  let observationWidth = 4
  let actionSpace = ActionSpace.discrete(choices: [2])
  let timeLimit: Int? = nil

  func isValid(_ state: State) -> Bool { true }
  func start(_ stream: inout RandomStream) -> State { State() }
  func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
    for place in 0..<4 { observation[place] = 0 }
  }
  func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    Step(reward: 0, isTerminal: false)
  }
}

let stepsPerRound = 500
let rounds = 41
let head = FactoredCategorical(choices: [2])
let shape = NetworkShape(inputs: 4, hidden: [], outputs: 2)
let parameters = [Float](repeating: 0, count: shape.parameterCount)

/// Microseconds of wall time per vector step.
func measure(_ collector: SinglePath<Float>) -> Double {
  let duration = ContinuousClock().measure {
    _ = collector.collect(.steps(stepsPerRound), parameters: parameters)
  }
  return duration / .microseconds(1) / Double(stepsPerRound)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

for count in CommandLine.arguments.dropFirst().compactMap({ Int($0) }) {
  var configuration = TrainingConfiguration()
  configuration.environments = count
  let world = try TrainingWorld(
    "gym:Null-v0", gymnasium: GymnasiumOptions(imports: ["null_environment"]))
  let bridge = try SinglePath<Float>(in: world, configuration, shape: shape, head: head)
  let other = SinglePath<Float>(Null(), count: count, shape: shape, head: head, seed: 0)
  let results = (0...rounds).map { _ in (measure(bridge), measure(other)) }.dropFirst()
  let difference = median(results.map { $0.0 - $0.1 })
  print(count, median(results.map(\.0)), median(results.map(\.1)), difference)
}
