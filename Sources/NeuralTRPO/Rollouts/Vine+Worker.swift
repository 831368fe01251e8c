internal import MonotoneProbability

extension Vine {
  /// A thread's environments to branch off, and the policy's workspace for the branches.
  final class Worker {
    let environments: any VectorEnvironment
    var branches: [Branch] = []
    private let actor: PolicyActor<Number>
    private let seed: UInt64
    private var outcomes: VineOutcomes<Number>

    init(
      _ environments: any VectorEnvironment, shape: NetworkShape, head: any PolicyHead, seed: UInt64
    ) {
      self.environments = environments
      self.seed = seed
      actor = PolicyActor(shape: shape, head: head, capacity: Vine.rowsAtATime)
      outcomes = VineOutcomes()
    }

    /// The outcomes of the branches since the last call, in their order.
    func takeOutcomes() -> VineOutcomes<Number> {
      defer { outcomes = VineOutcomes() }
      return outcomes
    }

    /// Follows the branches.
    func follow(
      _ parameters: [Number], _ scaling: ObservationScaling?, _ discount: Double, horizon: Int
    ) {
      for start in stride(from: 0, to: branches.count, by: Vine.rowsAtATime) {
        follow(
          branches[start..<min(start + Vine.rowsAtATime, branches.count)], parameters, scaling,
          discount, horizon: horizon)
      }
    }

    /// Follows some branches side by side.
    @_specialize(where Number == Float)
    @_specialize(where Number == Double)
    private func follow(
      _ branches: ArraySlice<Branch>, _ parameters: [Number], _ scaling: ObservationScaling?,
      _ discount: Double, horizon: Int
    ) {
      let vector = environments.branches(
        at: branches.map(\.kept), seed: seed, streams: branches.map(\.environmentStream))
      let (steps, width) = (vector.steps, vector.observationWidth)
      let count = branches.count
      var streams = branches.map { RandomStream(seed: seed, stream: $0.policyStream) }
      var actions = branches.flatMap(\.action)
      var found = VineOutcomes<Number>(count: count)
      var last = [Number](repeating: 0, count: count * width)
      var (made, open, weight) = (0, count, 1.0)
      while open > 0 {
        if made > 0 {
          steps.present.write(0..<count, width: width, scaling, into: actor.observations)
          actor.act(
            rows: count, mask: steps.choiceCount > 0 ? UnsafePointer(steps.masks) : nil,
            parameters: parameters, streams: &streams, into: &actions)
        }
        for index in actions.indices { steps.actions[index] = Double(actions[index]) }
        vector.step()
        made += 1
        for slot in 0..<count where !steps.isResting[slot] {
          found.returns[slot] += weight * steps.rewards[slot]
          let end = steps.ends[slot]
          guard end != .none || made == horizon else { continue }
          steps.isResting[slot] = true
          open -= 1
          found.steps += made
          guard end != .terminated else { continue }
          found.isCut[slot] = true
          found.tails[slot] = weight * discount
          let seen = end == .truncated ? steps.last : steps.present
          last.withUnsafeMutableBufferPointer {
            guard let base = $0.baseAddress else { return }
            seen.write(slot..<slot + 1, width: width, scaling, into: base + slot * width)
          }
        }
        weight *= discount
      }
      for slot in 0..<count where found.isCut[slot] {
        found.finalObservations += last[(slot * width)..<((slot + 1) * width)]
      }
      outcomes.append(found)
    }
  }
}

/// The outcomes of branches: returns, where they were cut, and the steps they cost.
struct VineOutcomes<Number: NetworkNumber>: Sendable {
  /// Σ γᵗ r_t, by branch.
  var returns: [Double] = []
  /// Whether the branch was cut rather than terminated.
  var isCut: [Bool] = []
  /// The weight of the value beyond the branch: γ to the power of its steps where it was cut, else 0.
  var tails: [Double] = []
  /// The observation after the last step of each branch that was cut.
  var finalObservations: [Number] = []
  /// Environment steps in all.
  var steps = 0

  /// Branches that are still to be followed.
  init(count: Int = 0) {
    returns = [Double](repeating: 0, count: count)
    tails = returns
    isCut = [Bool](repeating: false, count: count)
  }

  mutating func append(_ other: VineOutcomes) {
    returns += other.returns
    isCut += other.isCut
    tails += other.tails
    finalObservations += other.finalObservations
    steps += other.steps
  }
}
