import TRPOComparison
import MDPCore
import NeuralTRPO

/// Every trajectory that an environment can make in so many steps, with its probability.
struct EnumeratedTrajectories {
  /// A row: what happened, and how it left its episode.
  struct Row {
    var state: Int
    var pair: Int
    var time: Int
    var end: StepEnd
    var next: Int
  }

  private(set) var all: [(probability: Double, rows: [Row])] = []
  private let environment: SampledMDP
  private let policy: TabularPolicy<Double>
  private let steps: Int
  /// Whether a new episode follows one that ended.
  private let goesOn: Bool

  /// - Parameter place: Where to begin; nil for anew, and to stop at the end of the episode.
  init(
    _ environment: SampledMDP, _ policy: TabularPolicy<Double>, steps: Int,
    from place: SamplingPlan.Place?
  ) {
    self.environment = environment
    self.policy = policy
    self.steps = steps
    goesOn = place != nil
    if let place {
      extend(1, [], state: place.state, time: place.time)
    } else {
      forEachStart { extend($1, [], state: $0, time: 0) }
    }
  }

  private func forEachStart(_ body: (_ state: Int, _ probability: Double) -> Void) {
    let model = environment.model
    let live = model.space.liveStates.filter { model.initial[$0] > 0 }
    let sum = live.reduce(0) { $0 + model.initial[$1] }
    for state in live { body(state, model.initial[state] / sum) }
  }

  private mutating func extend(_ probability: Double, _ rows: [Row], state: Int, time: Int) {
    let model = environment.model
    for pair in model.space.pairs(of: state) {
      for entry in model.transitions.rowStart[pair]..<model.transitions.rowStart[pair + 1] {
        let next = Int(model.transitions.columns[entry])
        let reached = probability * policy[pair] * model.transitions.values[entry]
        let hasEnded = model.space.isTerminal[next]
        let isLimited = time + 1 >= environment.timeLimit ?? .max
        let isCut = isLimited || rows.count + 1 == steps
        let row = Row(
          state: state, pair: pair, time: time,
          end: hasEnded ? .terminated : isCut ? .truncated : .none, next: next)
        if rows.count + 1 == steps || (!goesOn && (hasEnded || isLimited)) {
          all.append((reached, rows + [row]))
        } else if hasEnded || isLimited {
          var starts: [(Int, Double)] = []
          forEachStart { starts.append(($0, $1)) }
          for (start, share) in starts {
            extend(reached * share, rows + [row], state: start, time: 0)
          }
        } else {
          extend(reached, rows + [row], state: next, time: time + 1)
        }
      }
    }
  }

  /// A trajectory as the estimators see it.
  func rollout(_ rows: [Row]) -> Rollout<Double> {
    var rollout = Rollout<Double>(observationWidth: 1, actionWidth: 1)
    for row in rows {
      rollout.observations.append(Double(row.state))
      rollout.actions.append(0)
      rollout.rewards.append(environment.model.expectedReward[row.pair])
      rollout.slots.append(0)
      rollout.times.append(Int32(row.time))
      rollout.ends.append(row.end)
      if row.end == .truncated { rollout.finalObservations.append(Double(row.next)) }
    }
    return rollout
  }
}
