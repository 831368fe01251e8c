internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// A model as other formats give it: states by number, and choices of each state, in whatever order.
///
/// A reader adds the transitions of a choice, ends the choice, and at the end asks for the document. Sums,
/// signs and ranges are checked here, for every format alike.
struct ModelDraft {
  /// A choice of a state.
  struct Choice {
    var state: Int32
    /// Its number within the state.
    var number: Int32
    /// Its label among ``labels``; −1 for none.
    var label: Int32
    /// Where the file gives it, in halves: 20 bytes a choice in place of 24.
    private let offsetHalves: (UInt32, UInt32)

    init(state: Int32, number: Int32, label: Int32, offset: Int) {
      (self.state, self.number, self.label) = (state, number, label)
      offsetHalves = (
        UInt32(truncatingIfNeeded: offset), UInt32(truncatingIfNeeded: offset >> 32)
      )
    }

    /// Where the file gives it.
    var offset: Int { Int(offsetHalves.1) << 32 | Int(offsetHalves.0) }
  }

  /// A transition of the choice at hand.
  struct Entry {
    var target: Int32
    var probability: ExactNumber
    var reward: ExactNumber

    /// One transition in place of two to the same state.
    func merged(with other: Entry) -> Entry {
      var merged = self
      merged.probability = probability + other.probability
      if reward != other.reward {
        let earned =
          probability.rational * reward.rational
          + other.probability.rational * other.reward.rational
        merged.reward = ExactNumber(earned / merged.probability.rational)
      }
      return merged
    }
  }

  /// Where faults go: to the log of the file that is being read.
  var log: FaultLog
  let configuration: MDPReaderConfiguration
  /// How many states there are.
  var stateCount: Int
  /// The labels of choices.
  var labels = LabelTable()
  /// The states that the file marks as terminal; nil where it marks none.
  var marked: [Bool]?
  /// How numbers became rational: rows of simplest fractions are made to sum to 1 where they can be.
  var decimals: DecimalReading?
  /// Whether the choices of marked states are left out whatever they say.
  var ignoresMarkedChoices = false

  private(set) var choices: [Choice] = []
  private(set) var choiceStart: [Int] = [0]
  private(set) var entries = SparseEntries()
  var sums: [Int: ExactNumber] = [:]
  var choiceRewards = ExactNumberArray()
  var entryRewards = ExactNumberArray()
  var stateRewards = ExactNumberArray()
  /// The transitions of the choice at hand.
  var row: [Entry] = []
  /// Whether the numbers of the choice at hand were all understood.
  var isSound = true
  /// Whether choices came by ascending state and number.
  private(set) var isOrdered = true
  /// The first choice of each state and number; empty until one is looked for out of order.
  var choiceOfKey: [Int64: Int] = [:]
  private var storedBytes = 0

  init(stateCount: Int, log: FaultLog, _ configuration: MDPReaderConfiguration) {
    self.stateCount = stateCount
    self.log = log
    self.configuration = configuration
  }

  /// Makes room for so many choices and transitions in all.
  mutating func reserveCapacity(choices count: Int, entries entryCount: Int) {
    choices.reserveCapacity(count)
    choiceStart.reserveCapacity(count + 1)
    choiceRewards.reserveCapacity(count)
    entries.index.reserveCapacity(entryCount)
    entries.number.reserveCapacity(entryCount)
  }

  /// Adds a transition to the choice at hand.
  ///
  /// - Parameters:
  ///   - target: The next state; nil, and the probability nil, where it was not understood.
  ///   - offset: Where the file gives the transition.
  mutating func add(
    to target: Int?, probability: ExactNumber?, reward: ExactNumber? = nil, at offset: Int,
    path: @autoclosure () -> String
  ) {
    guard let target, let probability else {
      isSound = false
      return
    }
    guard target >= 0, target < stateCount else {
      log.add(
        .value, at: offset, path: path(), ModelFault.nextState(target, stateCount: stateCount))
      isSound = false
      return
    }
    guard probability.signum >= 0 else {
      log.add(.value, at: offset, path: path(), ModelFault.negative(probability))
      isSound = false
      return
    }
    guard !probability.isZero, isAffordable(probability, at: offset, path()) else { return }
    let isPaid = reward.map { isAffordable($0, at: offset, path()) } ?? false
    row.append(
      Entry(
        target: Int32(target), probability: probability,
        reward: isPaid ? reward ?? ExactNumber(0) : ExactNumber(0)))
  }

  /// Adds a transition of the choice at hand that was checked before, behind those with lower next states.
  mutating func addDecimal(_ probability: ShortDecimal, to target: Int32) {
    entries.index.append(target)
    entries.number.append(probability)
  }

  /// Takes back the transitions of the choice at hand that were added so.
  mutating func removeDecimals() {
    let count = entries.count - (choiceStart.last ?? 0)
    entries.index.removeLast(count)
    entries.number.removeLast(count)
  }

  /// Notes that something of the choice at hand was not understood, so that its sum says nothing.
  mutating func doubt() { isSound = false }

  /// Ends the choice at hand, which is made of the transitions since the last one.
  mutating func endChoice(_ choice: Choice) {
    if decimals == .simplest, isSound { simplifyRow() }
    sortRow()
    if isSound { checkSum(of: choice) }
    for entry in row {
      entryRewards.set(entry.reward, at: entries.count)
      entries.index.append(entry.target)
      entries.number.append(entry.probability)
    }
    row.removeAll(keepingCapacity: true)
    isSound = true
    close(choice)
  }

  /// Ends the choice at hand, whose transitions were all checked before.
  mutating func close(_ choice: Choice) {
    if let last = choices.last, (last.state, last.number) >= (choice.state, choice.number) {
      isOrdered = false
    }
    choices.append(choice)
    if !choiceOfKey.isEmpty { choiceOfKey.removeAll() }
    choiceStart.append(entries.count)
  }

  /// Lets the number of each choice be its label, too: an index of declared actions.
  mutating func labelByNumber() {
    for choice in choices.indices { choices[choice].label = choices[choice].number }
  }

  /// The entries of a choice.
  func entries(ofChoice choice: Int) -> Range<Int> { choiceStart[choice]..<choiceStart[choice + 1] }

  /// Whether memory allows for one more number; if not, that is a fault, once.
  mutating func isAffordable(
    _ number: ExactNumber, at offset: Int, _ path: @autoclosure () -> String
  ) -> Bool {
    let bytes = number.storedBytes
    guard bytes > 0 else { return true }
    let wasAffordable = storedBytes <= configuration.memoryLimit
    storedBytes += bytes
    guard storedBytes > configuration.memoryLimit else { return true }
    if wasAffordable {
      log.add(
        .value, at: offset, path: path(),
        "up to here, the long numbers of this file take more than "
          + "\(configuration.memoryLimit >> 20) MiB of memory; round them")
    }
    return false
  }
}

extension ModelDraft.Choice {
  /// The place in messages.
  var path: String { "state \(state), choice \(number)" }
}
