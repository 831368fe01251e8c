internal import MonotoneProbability
package import NeuralTRPO

/// Copies of an environment of Gymnasium or of a game, stepped by a Python process of their own.
///
/// Each is seeded once, at its first reset, by a number of 31 bits drawn from its stream; later episodes go
/// on from the chance of the environment itself. Where an episode ends, the next begins in the same step.
/// Actions beyond finite bounds are clipped before the environment sees them. The state of an environment
/// cannot be had: nothing can be branched off it, and a run that is resumed begins new episodes.
package final class GymnasiumVector: VectorEnvironment {
  package let id: String
  package let observationWidth: Int
  package let image: ImageShape?
  package let actionSpace: ActionSpace
  package let steps: VectorStep
  package private(set) var failure: EnvironmentFailure?
  package private(set) var times: [Int]

  private let worker: GymnasiumWorker
  private let seed: UInt64
  private let firstStream: UInt64
  private var totals: [Double]
  /// How much of its stream each environment has used: a number for each time that it was seeded.
  private var seedings: [UInt64]

  /// Environments at the beginning of their first episodes, the i-th with stream `firstStream` + i.
  init(
    _ environment: GymnasiumEnvironment, count: Int, seed: UInt64, firstStream: UInt64 = 0,
    timeLimit: Int? = nil
  ) throws(GymnasiumFault) {
    worker = try GymnasiumWorker(
      environment.id, of: environment.family, environment.options, first: firstStream,
      count: count, timeLimit: timeLimit)
    let hello = worker.hello
    guard hello.observations == environment.hello.observations,
      hello.actions == environment.hello.actions
    else {
      throw worker.fault("the spaces of the environment are not those that it had a moment ago")
    }
    id = environment.name
    observationWidth = hello.observationWidth
    image = hello.image
    actionSpace = hello.actionSpace
    steps = VectorStep(
      count: count, observationWidth: observationWidth, holdsBytes: image != nil,
      actionWidth: actionSpace.width)
    times = [Int](repeating: 0, count: count)
    totals = [Double](repeating: 0, count: count)
    seedings = [UInt64](repeating: 0, count: count)
    (self.seed, self.firstStream) = (seed, firstStream)
    try seedAll()
  }

  /// The seed of an environment that was seeded so many times before.
  static func seed(_ seed: UInt64, stream: UInt64, seedings: UInt64) -> Int64 {
    var stream = RandomStream(seed: seed, stream: stream, position: seedings)
    return Int64(stream.next() >> 33)
  }

  /// Begins an episode everywhere, from new seeds.
  private func seedAll() throws(GymnasiumFault) {
    for index in 0..<steps.count {
      worker.memory.seeds[index] = Self.seed(
        seed, stream: firstStream + UInt64(index), seedings: seedings[index])
      seedings[index] += 1
      worker.memory.resting[index] = 0
    }
    try beginAll()
    for index in 0..<steps.count { worker.memory.seeds[index] = -1 }
  }

  /// Begins an episode in each environment that does not rest.
  private func beginAll() throws(GymnasiumFault) {
    try worker.ask(.reset)
    for index in 0..<steps.count where worker.memory.resting[index] == 0 {
      (times[index], totals[index]) = (0, 0)
      try readPresent(index)
    }
  }

  package func stepping(_ body: () -> Void) { worker.inTurns(body) }

  package func restart() {
    guard failure == nil else { return }
    // An environment that has just begun an episode need not begin another.
    for index in 0..<steps.count { worker.memory.resting[index] = times[index] == 0 ? 1 : 0 }
    do throws(GymnasiumFault) { try beginAll() } catch { fail(error) }
  }

  package func step() {
    guard failure == nil else { return }
    writeActions()
    for index in 0..<steps.count {
      worker.memory.resting[index] = steps.isResting[index] ? 1 : 0
    }
    do throws(GymnasiumFault) {
      try worker.ask(.step)
      for index in 0..<steps.count where !steps.isResting[index] { try readStep(index) }
    } catch {
      fail(error)
    }
  }

  private func fail(_ fault: GymnasiumFault) {
    failure = EnvironmentFailure("\(id): \(fault.message)", lines: fault.lines)
  }

  private func readStep(_ index: Int) throws(GymnasiumFault) {
    let memory = worker.memory
    let reward = memory.rewards[index]
    guard reward.isFinite else {
      throw worker.fault("environment \(firstStream + UInt64(index)): the reward is \(reward)")
    }
    steps.rewards[index] = reward
    times[index] += 1
    totals[index] += reward
    switch memory.ends[index] {
    case 0: steps.ends[index] = .none
    case let end:
      steps.ends[index] = end == 1 ? .terminated : .truncated
      try read(memory.last, index, into: steps.finalObservations, steps.finalBytes)
      steps.finished.append(Episode(totalReward: totals[index], length: times[index]))
      (times[index], totals[index]) = (0, 0)
    }
    try readPresent(index)
  }

  private func readPresent(_ index: Int) throws(GymnasiumFault) {
    try read(worker.memory.observations, index, into: steps.observations, steps.observedBytes)
  }

  /// Reads an environment's row of observations, as numbers or as bytes.
  private func read(
    _ rows: UnsafeRawPointer, _ index: Int, into observations: UnsafeMutablePointer<Double>,
    _ bytes: UnsafeMutablePointer<UInt8>
  ) throws(GymnasiumFault) {
    let row = observations + index * observationWidth
    let place = rows + index * worker.memory.observationSize
    switch worker.hello.observations {
    case .image(let image):
      (bytes + index * image.count).update(
        from: place.assumingMemoryBound(to: UInt8.self), count: image.count)
    case .box(let type, let count):
      guard type.read(place, count: count, into: row) else { throw notFinite(row, index) }
    case .discrete(let count, let start):
      let (choice, overflows) = Int(place.load(as: Int64.self))
        .subtractingReportingOverflow(start)
      guard !overflows, choice >= 0, choice < count else {
        throw worker.fault(
          "environment \(firstStream + UInt64(index)): the observation is "
            + "\(place.load(as: Int64.self)); expected an integer from \(start) to "
            + "\(start + count - 1)")
      }
      row.update(repeating: 0, count: count)
      row[choice] = 1
    }
  }

  private func notFinite(
    _ row: UnsafeMutablePointer<Double>, _ index: Int
  ) -> GymnasiumFault {
    let place = (0..<observationWidth).first { !row[$0].isFinite } ?? 0
    return worker.fault(
      "environment \(firstStream + UInt64(index)): the observation has \(row[place]) at place \(place)"
    )
  }

  private func writeActions() {
    let (rows, width, actions) = (steps.count, steps.actionWidth, steps.actions)
    let place = worker.memory.actions
    switch worker.hello.actions {
    case .box(let type, let low, let high):
      for row in 0..<rows {
        for column in 0..<width {
          let (index, action) = (row * width + column, actions[row * width + column])
          // Written so that what is no number stays so.
          let clipped =
            action < low[column] ? low[column] : action > high[column] ? high[column] : action
          if type == .float32 {
            place.assumingMemoryBound(to: Float.self)[index] = Float(clipped)
          } else {
            place.assumingMemoryBound(to: Double.self)[index] = clipped
          }
        }
      }
    case .choices(let type, _, let starts):
      for row in 0..<rows {
        for column in 0..<width {
          let index = row * width + column
          type.write(starts[column] + Int(actions[index]), to: place, at: index)
        }
      }
    case .joystick(let type):
      for row in 0..<rows {
        let parts = actions + row * width
        type.write(
          Joystick.number(
            vertical: Int(parts[0]), horizontal: Int(parts[1]), button: Int(parts[2])), to: place,
          at: row)
      }
    }
  }
}

/// States, which environments of Gymnasium do not give.
extension GymnasiumVector {
  package func keep(_ environments: Range<Int>) {
    preconditionFailure("the states of \(id) cannot be kept")
  }

  package var keptCount: Int { 0 }

  package func forgetKept() {}

  package func branches(
    at kept: [Int], seed: UInt64, streams: [UInt64]
  ) -> any VectorEnvironment {
    preconditionFailure("nothing can be branched off \(id)")
  }

  package var saved: [SavedEnvironment] {
    (0..<steps.count).map {
      SavedEnvironment(
        state: [], time: times[$0], totalReward: totals[$0], streamPosition: seedings[$0])
    }
  }

  /// Begins new episodes, from other seeds than those that were used when the environments were written
  /// down.
  package func restore(_ saved: [SavedEnvironment]) throws(SavedEnvironment.Fault) {
    guard saved.count == steps.count else {
      throw .init(description: "\(saved.count) saved environments for \(steps.count)")
    }
    guard saved.allSatisfy({ $0.state.isEmpty && $0.streamPosition < 1 << 32 }) else {
      throw .init(description: "\(id) cannot be put into a state")
    }
    seedings = saved.map(\.streamPosition)
    steps.finished = []
    do throws(GymnasiumFault) { try seedAll() } catch {
      throw .init(description: "\(id): \(error.message)")
    }
  }
}
