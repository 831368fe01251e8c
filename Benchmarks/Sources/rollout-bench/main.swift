import MonotoneFiles
import MonotoneProbability
import Foundation
import MDPCore
import MDPFormats
import NeuralTRPO
import Simulators

// How many steps a second a 64-64 policy of single precision is followed for, in batches of 64
// environments for each thread.
//
//     rollout-bench [--rounds N] [--repetitions N] [ENVIRONMENT | MODEL.json …]
//
// One thread and two take turns, so that a machine that slows down slows both; each figure is the
// median of the rounds. Processor time says what a step costs even where others use the machine. Run with OPENBLAS_NUM_THREADS=1: threads are ours, not the library's.

/// Environments for each thread.
let environmentsPerThread = 64
/// Steps of each environment in a rollout: batches of 8,192 rows for each thread, as training has.
let horizon = 128
/// Rollouts timed as one.
nonisolated(unsafe) var repetitions = 16

/// A collector and its policy, in the environment of a name or the model of a file.
func prepare(_ name: String, threads: Int) throws -> (SinglePath<Float>, [Float]) {
  switch name {
  case CartPole().id: return prepare(CartPole(), threads: threads)
  case Pendulum().id: return prepare(Pendulum(), threads: threads)
  case let robot where !robot.hasSuffix(".json"):
    return prepare(try RobotEnvironment(robot), threads: threads)
  default:
    let model = try FloatMDP(MDPReader.read(InputBytes(path: name)))
    return prepare(SampledMDP(model, timeLimit: 100), threads: threads)
  }
}

func prepare(_ environment: some Environment, threads: Int) -> (SinglePath<Float>, [Float]) {
  let head: any PolicyHead =
    switch environment.actionSpace {
    case .discrete(let choices): FactoredCategorical(choices: choices)
    case .box(let low, _): DiagonalGaussian(dimensions: low.count, fixedLogDeviation: 0)
    }
  let shape = NetworkShape(
    inputs: environment.observationWidth, hidden: [64, 64], outputs: head.outputs)
  var stream = RandomStream(seed: 2)
  let parameters: [Float] = NetworkInitialisation.orthogonal(outputGain: 1).parameters(
    of: shape, stream: &stream)
  let collector = SinglePath<Float>(
    environment, count: environmentsPerThread * threads, threads: threads, shape: shape,
    head: head, seed: 1)
  return (collector, parameters)
}

/// Steps a second, and nanoseconds of processor time a step, on whatever threads.
func measureOnce(_ collector: SinglePath<Float>, _ parameters: [Float]) -> [Double] {
  var rows = 0
  let processorTime = clock()
  let duration = ContinuousClock().measure {
    for _ in 0..<repetitions {
      rows += collector.collect(.steps(horizon), parameters: parameters).rows
    }
  }
  let used = Double(clock() - processorTime) / Double(CLOCKS_PER_SEC)
  let seconds =
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  return [Double(rows) / seconds, 1e9 * used / Double(rows)]
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func measure(_ name: String, rounds: Int) throws {
  let runs = try [1, 2].map { try prepare(name, threads: $0) }
  for (collector, parameters) in runs { _ = measureOnce(collector, parameters) }
  let results = (0..<rounds).map { _ in runs.map { measureOnce($0.0, $0.1) } }
  for threads in 0..<2 {
    let speed = median(results.map { $0[threads][0] })
    let ratio = median(results.map { $0[threads][0] / $0[0][0] })
    let cost = median(results.map { $0[threads][1] })
    print(
      "\(name), threads \(threads + 1): \(Int(speed / 1e3))K steps/s,",
      "\(Int(100 * ratio)) % of one thread's; \(Int(cost)) ns of processor time a step")
  }
}

var arguments = CommandLine.arguments.dropFirst()
var rounds = 7
while let option = arguments.first, option.hasPrefix("--"),
  let count = arguments.dropFirst().first.flatMap({ Int($0) })
{
  if option == "--rounds" { rounds = max(1, count) }
  if option == "--repetitions" { repetitions = max(1, count) }
  arguments = arguments.dropFirst(2)
}
let usual = [
  "mdps/river-swim.json", "mdps/frozen-lake-4x4.json", "mdps/taxi.json", CartPole().id,
  Pendulum().id,
]
for name in arguments.isEmpty ? usual : Array(arguments) {
  try measure(name, rounds: rounds)
}
