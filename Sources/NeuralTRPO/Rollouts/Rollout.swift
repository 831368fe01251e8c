/// Observations, actions and rewards: the rows that estimates are made of.
///
/// The rows of one environment stand in the order of time, those of different environments in between
/// each other; ``slots`` tells them apart. Observations are as the policy saw them, scaled if it was,
/// so that an update cannot see them differently.
public struct Rollout<Number: NetworkNumber>: Sendable {
  /// How many numbers make an observation.
  public let observationWidth: Int
  /// How many numbers make an action.
  public let actionWidth: Int
  /// The observations, row by row.
  public internal(set) var seen: ObservationRows<Number>
  /// The actions, row by row.
  public var actions: [Number] = []
  /// Whether each output's choice was available; empty if all always are.
  public var masks: [Bool] = []
  /// r.
  public var rewards: [Double] = []
  /// Which environment a row is of.
  public var slots: [Int32] = []
  /// Steps since the row's episode began.
  public var times: [Int32] = []
  /// How the row left its episode.
  public var ends: [StepEnd] = []
  /// The observation after each truncated row, in the order of the rows.
  public internal(set) var lastSeen: ObservationRows<Number>
  /// Observations before scaling; empty where there is none.
  public var rawObservations: [Double] = []
  /// The episodes that ended meanwhile.
  public var episodes: [Episode] = []

  /// No rows.
  ///
  /// - Parameter holdsBytes: Whether observations are images that are kept as bytes.
  package init(observationWidth: Int, actionWidth: Int, holdsBytes: Bool = false) {
    self.observationWidth = observationWidth
    self.actionWidth = actionWidth
    seen = ObservationRows(width: observationWidth, areBytes: holdsBytes)
    lastSeen = seen
  }

  /// The observations as numbers, row by row.
  public var observations: [Number] {
    get { seen.asNumbers }
    set { seen = ObservationRows(newValue, width: observationWidth) }
  }

  /// The observation after each truncated row as numbers, in the order of the rows.
  public var finalObservations: [Number] {
    get { lastSeen.asNumbers }
    set { lastSeen = ObservationRows(newValue, width: observationWidth) }
  }

  /// Steps.
  public var rows: Int { rewards.count }
  /// One more than the largest slot.
  public var slotCount: Int { Int(slots.max() ?? -1) + 1 }

  /// Makes room for rows.
  mutating func reserve(rows: Int) {
    seen.reserve(rows: rows)
    actions.reserveCapacity(rows * actionWidth)
    rewards.reserveCapacity(rows)
    slots.reserveCapacity(rows)
    times.reserveCapacity(rows)
    ends.reserveCapacity(rows)
  }

  /// Takes in another's rows, its environments after ours.
  public mutating func append(_ other: Rollout) {
    let offset = Int32(slotCount)
    seen.append(other.seen)
    actions += other.actions
    masks += other.masks
    rewards += other.rewards
    slots += other.slots.map { $0 + offset }
    times += other.times
    ends += other.ends
    lastSeen.append(other.lastSeen)
    rawObservations += other.rawObservations
    episodes += other.episodes
  }

  /// Which trajectory each row is of, numbered in the order of their first rows. An episode that goes
  /// on from the batch before begins a trajectory as well.
  public var trajectoryNumbers: [Int32] {
    var current = [Int32](repeating: -1, count: slotCount)
    var next: Int32 = 0
    return slots.indices.map { row in
      let slot = Int(slots[row])
      if current[slot] < 0 {
        current[slot] = next
        next += 1
      }
      defer { if ends[row] != .none { current[slot] = -1 } }
      return current[slot]
    }
  }

  /// Each row's episode with what was seen of it, cut or not: one for every end.
  public var trajectories: [Episode] {
    var open = [Episode](repeating: Episode(totalReward: 0, length: 0), count: slotCount)
    var closed: [Episode] = []
    for row in 0..<rows {
      let slot = Int(slots[row])
      open[slot].totalReward += rewards[row]
      open[slot].length += 1
      if ends[row] != .none {
        closed.append(open[slot])
        open[slot] = Episode(totalReward: 0, length: 0)
      }
    }
    return closed
  }
}
