internal import MonotoneProbability

extension SinglePath {
  /// A thread's environments, and the policy's workspace for them.
  final class Worker {
    let environments: any VectorEnvironment
    private(set) var streams: [RandomStream]
    private let seed: UInt64
    private let firstStream: UInt64
    private let actor: PolicyActor<Number>
    private var actions: [Number]
    private var rollout: Rollout<Number>
    /// Of each environment, the steps since its episode began.
    private var times: [Int32] = []
    /// The environments that are followed, as ranges; the others rest.
    private var followed: [Range<Int>] = []

    init(
      _ environments: any VectorEnvironment, shape: NetworkShape, head: any PolicyHead,
      seed: UInt64, firstStream: UInt64
    ) {
      precondition(
        shape.inputs == environments.observationWidth
          && head.actionWidth == environments.actionSpace.width,
        """
        a policy from \(shape.inputs) to \(head.actionWidth) numbers for an environment from \
        \(environments.observationWidth) to \(environments.actionSpace.width)
        """)
      let count = environments.steps.count
      self.environments = environments
      self.seed = seed
      self.firstStream = firstStream
      actor = PolicyActor(shape: shape, head: head, capacity: count, keepsBytes: true)
      streams = (0..<count).map { RandomStream(seed: seed, stream: firstStream + UInt64($0)) }
      actions = [Number](repeating: 0, count: count * head.actionWidth)
      rollout = Rollout(
        observationWidth: shape.inputs, actionWidth: head.actionWidth,
        holdsBytes: actor.inputs.areBytes)
    }

    func moveStreams(to positions: [UInt64]) {
      streams = positions.enumerated().map { index, position in
        RandomStream(seed: seed, stream: firstStream + UInt64(index), position: position)
      }
    }

    /// Makes room for rows to come.
    func reserve(rows: Int) {
      rollout.reserve(rows: rows)
      rollout.masks.reserveCapacity(rows * environments.steps.choiceCount)
    }

    /// The rollout collected since the last call.
    func takeRollout() -> Rollout<Number> {
      defer {
        rollout = Rollout(
          observationWidth: rollout.observationWidth, actionWidth: rollout.actionWidth,
          holdsBytes: rollout.seen.areBytes)
      }
      return rollout
    }

    func collect(
      _ extent: Extent, _ choice: PolicyActor<Number>.Choice, _ parameters: [Number],
      _ scaling: ObservationScaling?, _ keepsStates: Bool
    ) {
      environments.stepping { follow(extent, choice, parameters, scaling, keepsStates) }
    }

    private func follow(
      _ extent: Extent, _ choice: PolicyActor<Number>.Choice, _ parameters: [Number],
      _ scaling: ObservationScaling?, _ keepsStates: Bool
    ) {
      let steps = environments.steps
      environments.forgetKept()
      if extent.startsAnew { environments.restart() }
      steps.finished = []
      steps.isResting.update(repeating: false, count: steps.count)
      times = environments.times.map(Int32.init(truncatingIfNeeded:))
      followed = [0..<steps.count]
      reserve(rows: extent.rows(of: steps.count))
      // Where the streams of environments that rest have to be in the end.
      var parked = streams
      var made = 0
      while !followed.isEmpty, environments.failure == nil {
        if keepsStates {
          for slots in followed { environments.keep(slots) }
        }
        act(choice, parameters, scaling)
        environments.step()
        guard environments.failure == nil else { break }
        made += 1
        keepResults(extent.cuts(after: made), scaling)
        rest(extent, made, &parked)
      }
      steps.isResting.update(repeating: false, count: steps.count)
      streams = parked
      rollout.episodes = steps.finished
      steps.finished = []
    }

    /// Chooses actions, and keeps what was seen and done.
    @_specialize(where Number == Float)
    @_specialize(where Number == Double)
    private func act(
      _ choice: PolicyActor<Number>.Choice, _ parameters: [Number], _ scaling: ObservationScaling?
    ) {
      let steps = environments.steps
      actor.inputs.set(steps.present, rows: steps.count, scaling)
      actions.withUnsafeMutableBufferPointer { actions in
        guard let base = actions.baseAddress else { return }
        actor.act(
          choice, rows: steps.count, mask: steps.choiceCount > 0 ? UnsafePointer(steps.masks) : nil,
          parameters: parameters, streams: &streams, into: base)
        for index in 0..<actions.count { steps.actions[index] = Double(base[index]) }
      }
      for slots in followed {
        rollout.seen.append(slots, of: actor.inputs)
        rollout.actions +=
          actions[
            (slots.lowerBound * rollout.actionWidth)..<(slots.upperBound * rollout.actionWidth)]
        rollout.masks.append(slots, of: steps.masks, steps.choiceCount)
        if scaling != nil { keepRaw(slots) }
        rollout.times += times[slots]
        rollout.slots += Int32(slots.lowerBound)..<Int32(slots.upperBound)
      }
    }

    /// Keeps observations before scaling.
    private func keepRaw(_ slots: Range<Int>) {
      let (start, width) = (rollout.rawObservations.count, rollout.observationWidth)
      rollout.rawObservations.append(contentsOf: repeatElement(0, count: slots.count * width))
      rollout.rawObservations.withUnsafeMutableBufferPointer {
        guard let base = $0.baseAddress else { return }
        environments.steps.present.write(slots, width: width, nil, into: base + start)
      }
    }

    /// Keeps what was earned, and how episodes ended.
    @_specialize(where Number == Float)
    @_specialize(where Number == Double)
    private func keepResults(_ isCut: Bool, _ scaling: ObservationScaling?) {
      let steps = environments.steps
      for slots in followed {
        rollout.rewards.append(slots, of: steps.rewards, 1)
        for slot in slots {
          let hasEnded = steps.ends[slot] != .none
          let end = isCut && !hasEnded ? .truncated : steps.ends[slot]
          rollout.ends.append(end)
          times[slot] = hasEnded ? 0 : times[slot] + 1
          guard end == .truncated else { continue }
          rollout.lastSeen.append(slot, of: hasEnded ? steps.last : steps.present, scaling)
        }
      }
    }

    /// Lets environments rest that are not to go on.
    private func rest(_ extent: Extent, _ made: Int, _ parked: inout [RandomStream]) {
      let steps = environments.steps
      var hasChanged = false
      for slots in followed {
        for slot in slots {
          let goesOn = extent.goesOn(
            hasEnded: steps.ends[slot] != .none, made: made, rows: rollout.rows)
          guard !goesOn else { continue }
          steps.isResting[slot] = true
          parked[slot] = streams[slot]
          hasChanged = true
        }
      }
      guard hasChanged else { return }
      followed = []
      for slot in 0..<steps.count where !steps.isResting[slot] {
        if let last = followed.last, last.upperBound == slot {
          followed[followed.count - 1] = last.lowerBound..<(slot + 1)
        } else {
          followed.append(slot..<(slot + 1))
        }
      }
    }
  }
}

extension Array {
  /// Takes in rows of a matrix.
  @inline(__always) mutating func append(
    _ rows: Range<Int>, of matrix: UnsafeMutablePointer<Element>, _ width: Int
  ) {
    self += UnsafeBufferPointer(start: matrix + rows.lowerBound * width, count: rows.count * width)
  }
}
