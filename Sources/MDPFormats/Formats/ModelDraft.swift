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
    /// Where the file gives it.
    var offset: Int
  }

  /// A transition of the choice at hand.
  private struct Entry {
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
  private(set) var sums: [Int: ExactNumber] = [:]
  private(set) var choiceRewards = ExactNumberArray()
  private(set) var entryRewards = ExactNumberArray()
  private(set) var stateRewards = ExactNumberArray()
  /// The transitions of the choice at hand.
  private var row: [Entry] = []
  /// Whether the numbers of the choice at hand were all understood.
  private var isSound = true
  /// Whether choices came by ascending state and number.
  private var isOrdered = true
  private var storedBytes = 0

  init(stateCount: Int, log: FaultLog, _ configuration: MDPReaderConfiguration) {
    self.stateCount = stateCount
    self.log = log
    self.configuration = configuration
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
    if let last = choices.last, (last.state, last.number) >= (choice.state, choice.number) {
      isOrdered = false
    }
    choices.append(choice)
    choiceStart.append(entries.count)
  }

  /// Sets r(s,a) of a choice that has ended, or of the one at hand.
  mutating func setReward(_ reward: ExactNumber, choice: Int, at offset: Int, _ path: String) {
    guard isAffordable(reward, at: offset, path) else { return }
    choiceRewards.set(reward, at: choice)
  }

  /// Sets r(s).
  mutating func setReward(_ reward: ExactNumber, state: Int, at offset: Int, _ path: String) {
    guard isAffordable(reward, at: offset, path) else { return }
    stateRewards.set(reward, at: state)
  }

  /// Sets r(s,a,s') of an entry.
  mutating func setReward(_ reward: ExactNumber, entry: Int, at offset: Int, _ path: String) {
    guard isAffordable(reward, at: offset, path) else { return }
    entryRewards.set(reward, at: entry)
  }

  /// Lets the number of each choice be its label, too: an index of declared actions.
  mutating func labelByNumber() {
    for choice in choices.indices { choices[choice].label = choices[choice].number }
  }

  /// Makes the reward of all transitions of a choice that of the choice.
  mutating func share(_ reward: ExactNumber, of choice: Int) {
    for entry in entries(ofChoice: choice) { entryRewards[entry] = ExactNumber(0) }
    choiceRewards.set(choiceRewards.value(at: choice) + reward, at: choice)
  }

  /// The choice of a state that has a number, by bisection where choices came in order.
  func choice(state: Int, number: Int) -> Int? {
    let wanted = (Int32(state), Int32(number))
    var (low, high) = (0, choices.count)
    while low < high {
      let middle = (low + high) / 2
      let choice = choices[middle]
      if (choice.state, choice.number) < wanted { low = middle + 1 } else { high = middle }
    }
    let isThere = { (choice: ModelDraft.Choice) in (choice.state, choice.number) == wanted }
    if low < choices.count, isThere(choices[low]) { return low }
    return isOrdered ? nil : choices.firstIndex(where: isThere)
  }

  /// The entry of a choice that leads to a state; nil if it does not.
  func entry(ofChoice choice: Int, to target: Int) -> Int? {
    entries.position(of: target, in: choiceStart[choice]..<choiceStart[choice + 1])
  }

  /// The entries of a choice.
  func entries(ofChoice choice: Int) -> Range<Int> { choiceStart[choice]..<choiceStart[choice + 1] }

  /// Sorts the entries of the choice at hand; entries to one state become one, with their mean reward.
  private mutating func sortRow() {
    guard !zip(row, row.dropFirst()).allSatisfy({ $0.target < $1.target }) else { return }
    var merged: [Entry] = []
    for entry in row.sorted(by: { $0.target < $1.target }) {
      guard let last = merged.last, last.target == entry.target else {
        merged.append(entry)
        continue
      }
      merged[merged.count - 1] = last.merged(with: entry)
    }
    row = merged
  }

  /// Gives a row its simplest fractions (``DecimalReading/simplestRow(_:)``).
  private mutating func simplifyRow() {
    guard let simplest = DecimalReading.simplestRow(row.map(\.probability)) else { return }
    for (index, number) in simplest.enumerated() { row[index].probability = number }
  }

  private mutating func checkSum(of choice: Choice) {
    var sum = ExactSum()
    for entry in row { sum.add(entry.probability) }
    guard !sum.isOne else { return }
    let tolerance = configuration.rowTolerance.ofModels
    guard sum.isOne(within: tolerance) else {
      log.add(
        .value, at: choice.offset, path: choice.path,
        RowTolerance.message(sum: sum.value, tolerance: tolerance))
      return
    }
    sums[choices.count] = sum.value
  }

  /// Whether memory allows for one more number; if not, that is a fault, once.
  private mutating func isAffordable(
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

extension ExactNumberArray {
  /// Sets a number, after as many zeros as there have to be; a 0 behind the end is not stored.
  mutating func set(_ number: ExactNumber, at index: Int) {
    if index < count {
      self[index] = number
    } else if !number.isZero {
      while count < index { append(ExactNumber(0)) }
      append(number)
    }
  }

  /// A number, 0 behind the end.
  func value(at index: Int) -> ExactNumber { index < count ? self[index] : ExactNumber(0) }
}
