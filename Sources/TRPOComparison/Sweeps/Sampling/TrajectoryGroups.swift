internal import NeuralTRPO

/// Projected gradients and rows of groups of trajectories.
struct TrajectoryGroups {
  let size: Int
  private(set) var groups: [Group]
  /// Trajectories taken in.
  private var done = 0

  struct Group {
    var numerator = 0.0
    var rows = 0.0
  }

  /// Groups of so many of all trajectories; those that fill no group will be left out.
  init(size: Int, trajectories: Int) {
    self.size = size
    groups = [Group](repeating: Group(), count: trajectories / size)
  }

  /// Takes in a chunk; a group may go on in the next one.
  mutating func add(
    _ chunk: TrajectorySampler.Chunk, _ rows: BatchRows<Double>, _ scores: ScoreTable
  ) {
    for row in 0..<chunk.rollout.rows {
      // One trajectory a slot.
      let group = (done + Int(chunk.rollout.slots[row])) / size
      guard group < groups.count else { continue }
      groups[group].numerator +=
        rows.advantages[row] * scores.score(chunk.states[row], rows.actions[row])
      groups[group].rows += 1
    }
    done += chunk.trajectories
  }
}
