/// The numbers that pass between environments side by side and what drives them, row by row.
///
/// An episode that ends is followed by the next in the same step; ``observations`` then shows the new
/// episode's first state, and ``finalObservations`` the old one's last, so that neither is lost.
public final class VectorStep {
  /// Environments.
  public let count: Int
  /// How many numbers make an observation.
  public let observationWidth: Int
  /// How many numbers make an action.
  public let actionWidth: Int
  /// Outputs that a mask covers; 0 where all actions are always available.
  package let choiceCount: Int
  /// The actions of the next step, row by row.
  public let actions: UnsafeMutablePointer<Double>
  /// Which environments steps leave alone, however they are called; none at first.
  package let isResting: UnsafeMutablePointer<Bool>
  /// The present observations, row by row, unless they are bytes.
  public let observations: UnsafeMutablePointer<Double>
  /// The present observations, row by row, where they are bytes.
  package let observedBytes: UnsafeMutablePointer<UInt8>
  /// Whether each choice is available now.
  package let masks: UnsafeMutablePointer<Bool>
  /// r of the last step.
  public let rewards: UnsafeMutablePointer<Double>
  /// How the last step left each episode.
  public let ends: UnsafeMutablePointer<StepEnd>
  /// The last observation of each episode that the last step ended; other rows mean nothing.
  public let finalObservations: UnsafeMutablePointer<Double>
  /// Those last observations where they are bytes.
  package let finalBytes: UnsafeMutablePointer<UInt8>
  /// Whether observations are the bytes of images.
  package let holdsBytes: Bool
  /// The episodes that ended, until somebody takes them.
  package var finished: [Episode] = []

  /// Room for some environments.
  package convenience init<E: Environment>(_ environment: E, count: Int) {
    self.init(
      count: count, observationWidth: environment.observationWidth,
      actionWidth: environment.actionSpace.width,
      choiceCount: environment.hasUnavailableActions ? environment.actionSpace.choiceCount : 0)
  }

  /// Room for environments of some sizes.
  ///
  /// - Parameters:
  ///   - holdsBytes: Whether observations are the bytes of images.
  ///   - choiceCount: Outputs that a mask covers; 0 where all actions are always available.
  package init(
    count: Int, observationWidth: Int, holdsBytes: Bool = false, actionWidth: Int,
    choiceCount: Int = 0
  ) {
    let (numbers, bytes) = holdsBytes ? (0, observationWidth) : (observationWidth, 0)
    self.holdsBytes = holdsBytes
    self.count = count
    self.observationWidth = observationWidth
    self.actionWidth = actionWidth
    self.choiceCount = choiceCount
    actions = Self.allocate(count * actionWidth, 0)
    isResting = Self.allocate(count, false)
    observations = Self.allocate(count * numbers, 0)
    observedBytes = Self.allocate(count * bytes, 0)
    masks = Self.allocate(count * choiceCount, true)
    rewards = Self.allocate(count, 0)
    ends = Self.allocate(count, .none)
    finalObservations = Self.allocate(count * numbers, 0)
    finalBytes = Self.allocate(count * bytes, 0)
  }

  /// The present observations.
  var present: ShownRows { holdsBytes ? .bytes(observedBytes) : .numbers(observations) }

  /// The last observation of each episode that the last step ended.
  var last: ShownRows { holdsBytes ? .bytes(finalBytes) : .numbers(finalObservations) }

  private static func allocate<T>(_ count: Int, _ value: T) -> UnsafeMutablePointer<T> {
    let start = UnsafeMutablePointer<T>.allocate(capacity: max(count, 1))
    start.initialize(repeating: value, count: max(count, 1))
    return start
  }

  deinit {
    actions.deallocate()
    isResting.deallocate()
    observations.deallocate()
    observedBytes.deallocate()
    masks.deallocate()
    rewards.deallocate()
    ends.deallocate()
    finalObservations.deallocate()
    finalBytes.deallocate()
  }
}
