import Foundation
import MonotoneProbability
import NeuralTRPO
import Simulators

// The processor time of stepping a robot through the vector interface, under random actions.
//
//     robot-bench ENVIRONMENT STEPS [TRACE]
//
// Prints the seconds; with TRACE, the last x.
// TRACE is a file to write for `peers/mj_step.c`, which makes the same steps of the physics: numbers of
// float64, namely how many a state has, how many an action has, and how many actions there are; then for each
// action whether an episode begins, its first state if so, and the action.

let seed: UInt64 = 7

/// As many random actions as steps, one after another.
func actions(_ count: Int) -> [Double] {
  var stream = RandomStream(seed: seed, stream: 1)
  return (0..<count).map { _ in 2 * stream.uniform() - 1 }
}

func seconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

/// The steps of one environment in a vector of its own; the seconds that they take.
func measure(_ environment: RobotEnvironment, _ actions: [Double], steps: Int) -> Double {
  let vector = EnvironmentVector(environment, count: 1, seed: seed)
  let width = environment.actionSpace.width
  let before = seconds()
  actions.withUnsafeBufferPointer { actions in
    for step in 0..<steps {
      for index in 0..<width { vector.steps.actions[index] = actions[step * width + index] }
      vector.step()
    }
  }
  return seconds() - before
}

/// The same steps, state by state: what a trace has of them, and the last x.
func follow(_ environment: RobotEnvironment, _ actions: [Double], steps: Int) -> (
  trace: [Double], position: Double
) {
  let width = environment.actionSpace.width
  var stream = RandomStream(seed: seed, stream: 0)
  var state = environment.start(&stream)
  var trace = [Double(state.numbers.count), Double(width), Double(steps)]
  var (time, begins, last) = (0, true, 0.0)
  for step in 0..<steps {
    let action = Array(actions[step * width..<(step + 1) * width])
    trace += [begins ? 1 : 0] + (begins ? state.numbers : []) + action
    let result = environment.step(&state, action, &stream)
    time += 1
    last = state.numbers[0]
    begins = result.isTerminal || time == environment.timeLimit
    if begins { (state, time) = (environment.start(&stream), 0) }
  }
  return (trace, last)
}

let arguments = CommandLine.arguments.dropFirst()
guard let name = arguments.first, let steps = arguments.dropFirst().first.flatMap({ Int($0) }),
  steps > 0
else {
  FileHandle.standardError.write(Data("robot-bench ENVIRONMENT STEPS [TRACE]\n".utf8))
  exit(64)
}
do {
  let environment = try RobotEnvironment(name)
  let table = actions(steps * environment.actionSpace.width)
  if let file = arguments.dropFirst(2).first {
    let (trace, position) = follow(environment, table, steps: steps)
    try trace.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: file)) }
    print(position)
  } else {
    print(measure(environment, table, steps: steps))
  }
} catch {
  FileHandle.standardError.write(Data("robot-bench: \(error)\n".utf8))
  exit(65)
}
