import MonotoneProbability
import RealModule

@testable import NeuralTRPO

/// A policy followed in environments an environment and a row at a time, written out for the tests to
/// hold the batched collector to.
final class PlainPath<E: Environment> {
  struct Row {
    var slot: Int
    var time: Int
    var seen: [Double]
    var mask: [Bool]
    var action: [Double]
    var reward: Double
    var end: StepEnd
    /// What is seen after the row, were the episode to go on.
    var after: [Double]
  }

  /// An environment with its two streams.
  struct Place {
    var state: E.State
    var chance: RandomStream
    var policyChance: RandomStream
    var time = 0
  }

  let environment: E
  let policy: PlainPolicy
  let isSampled: Bool
  private(set) var places: [Place]
  private(set) var rows: [Row] = []

  init(
    _ environment: E, _ policy: PlainPolicy, count: Int, seed: UInt64, policySeed: UInt64,
    isSampled: Bool = true
  ) {
    self.environment = environment
    self.policy = policy
    self.isSampled = isSampled
    places = (0..<count).map { index in
      var chance = RandomStream(seed: seed, stream: UInt64(index))
      return Place(
        state: environment.start(&chance), chance: chance,
        policyChance: RandomStream(seed: policySeed, stream: 1 << 32 + UInt64(index)))
    }
  }

  /// Rows as a collector has to make them, from here on.
  func collect(_ extent: SinglePath<Double>.Extent) -> [Row] {
    rows = []
    switch extent {
    case .steps(let count):
      for step in 0..<count {
        for slot in places.indices { move(slot, isLast: step == count - 1) }
      }
    case .trajectories(let horizon):
      for slot in places.indices { begin(slot) }
      var open = Set(places.indices)
      for step in 0..<horizon {
        for slot in open.sorted() where move(slot, isLast: step == horizon - 1) != .none {
          open.remove(slot)
        }
      }
    case .wholeEpisodes(let least):
      for slot in places.indices { begin(slot) }
      var open = Set(places.indices)
      while !open.isEmpty {
        let ended = open.sorted().filter { move($0, isLast: false) != .none }
        if rows.count >= least { open.subtract(ended) }
      }
    }
    return rows
  }

  private func begin(_ slot: Int) {
    places[slot].state = environment.start(&places[slot].chance)
    places[slot].time = 0
  }

  @discardableResult private func move(_ slot: Int, isLast: Bool) -> StepEnd {
    let seen = observation(slot)
    let mask = mask(places[slot].state)
    let action = act(seen, mask, &places[slot].policyChance)
    var place = places[slot]
    let result = environment.step(&place.state, action, &place.chance)
    places[slot] = place
    var row = Row(
      slot: slot, time: places[slot].time, seen: seen, mask: mask, action: action,
      reward: result.reward, end: .none, after: observation(slot))
    places[slot].time += 1
    let isCut = places[slot].time == environment.timeLimit
    if result.isTerminal {
      row.end = .terminated
    } else if isCut || isLast {
      row.end = .truncated
    }
    if result.isTerminal || isCut { begin(slot) }
    rows.append(row)
    return row.end
  }

  private func observation(_ slot: Int) -> [Double] { observation(places[slot].state) }

  private func observation(_ state: E.State) -> [Double] {
    var row = [Double](repeating: 0, count: environment.observationWidth)
    environment.observe(state, into: &row)
    return row
  }

  /// What comes of an action and of following the policy after it.
  struct Branch {
    var discountedReturn = 0.0
    var steps = 0
    var isCut = false
    var after: [Double] = []
  }

  /// A branch off a state that was reached after some time.
  func branch(
    at state: E.State, time: Int, action: [Double], chance: RandomStream,
    policyChance: RandomStream, horizon: Int, discount: Double
  ) -> Branch {
    var (state, chance, policyChance) = (state, chance, policyChance)
    var branch = Branch()
    while true {
      let taken = branch.steps == 0 ? action : act(observation(state), mask(state), &policyChance)
      let result = environment.step(&state, taken, &chance)
      branch.discountedReturn += Double.pow(discount, branch.steps) * result.reward
      branch.steps += 1
      if result.isTerminal { return branch }
      if branch.steps == horizon || time + branch.steps == environment.timeLimit {
        branch.isCut = true
        branch.after = observation(state)
        return branch
      }
    }
  }

  private func mask(_ state: E.State) -> [Bool] {
    guard environment.hasUnavailableActions else { return [] }
    var mask = [Bool](repeating: false, count: policy.head.outputs)
    environment.availability(state, into: &mask)
    return mask
  }

  /// An action by the definition of the distribution, from as many draws as it takes.
  private func act(_ seen: [Double], _ mask: [Bool], _ chance: inout RandomStream) -> [Double] {
    var outputs = policy.outputs(seen[...])
    for index in mask.indices where !mask[index] { outputs[index] = -.infinity }
    let choices = policy.factors(outputs).map { probabilities in
      guard isSampled else {
        return Double(probabilities.firstIndex(of: probabilities.max() ?? 0) ?? 0)
      }
      let draw = chance.uniform()
      var sum = 0.0
      return Double(
        probabilities.firstIndex {
          sum += $0
          return draw < sum
        } ?? probabilities.lastIndex { $0 > 0 } ?? 0)
    }
    let coordinates = zip(outputs, policy.deviations).map { mean, deviation in
      isSampled ? mean + deviation * chance.normal() : mean
    }
    return choices + coordinates
  }
}
