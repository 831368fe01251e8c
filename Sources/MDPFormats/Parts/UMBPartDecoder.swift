internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes the rows of consecutive states from the arrays of a UMB archive, and looks at nothing else.
///
/// Rules are those of ``ModelDraft``, which reads whole models.
struct UMBPartDecoder {
  private let decoder: UMBDecoder
  /// The number in the model of the file's first state.
  private let firstState: Int
  private let reward: UMBIndex.Annotation?
  private let targets: UMBArray
  private let probabilities: UMBArray?
  private let actions: UMBArray?
  private let stateRewards: UMBArray?
  private let choiceRewards: UMBArray?
  private let branchRewards: UMBArray?
  private let marks: UMBArray?
  private let rule: TerminalRule

  /// - Parameter decoder: That of the archive.
  init(_ decoder: UMBDecoder, firstState: Int) throws(ArchiveFault) {
    self.decoder = decoder
    self.firstState = firstState
    let (archive, index) = (decoder.archive, decoder.index)
    let name = "branch-to-target.bin"
    guard let targets = try archive.array(name, count: index.branches, size: 8) else {
      throw ArchiveFault(offset: 0, member: name, "the array is missing; add it")
    }
    self.targets = targets
    probabilities = try index.probabilities.flatMap { type throws(ArchiveFault) in
      try archive.array("branch-to-probability.bin", count: index.branches, size: type.size)
    }
    if probabilities == nil, index.branches != index.choices {
      throw ArchiveFault(
        offset: 0, member: "branch-to-probability.bin", "the array is missing; add it")
    }
    actions = try archive.array("actions/choices/values.bin", count: index.choices, size: 4)
    let reward = try decoder.reward()
    self.reward = reward
    func values(_ part: String, _ count: Int) throws(ArchiveFault) -> UMBArray? {
      guard let reward else { return nil }
      return try decoder.values(of: reward, part, count)
    }
    stateRewards = try values("states", index.states)
    choiceRewards = try values("choices", index.choices)
    branchRewards = try values("branches", index.branches)
    marks = try decoder.terminalMarks()
    rule = decoder.configuration.terminal ?? (marks == nil ? .absorbing : .marked)
    if rule == .marked, marks == nil {
      decoder.log.add(.schema, at: 0, path: "--terminal", ModelFault.unmarked)
    }
  }

  /// Adds states of the file, by their numbers in the file, to a part of the model.
  func read(_ states: Range<Int>, into part: inout ModelPart) throws(ArchiveFault) {
    let (archive, index) = (decoder.archive, decoder.index)
    let choiceStart = try archive.starts(
      "state-to-choices.bin", rows: index.states, to: index.choices, of: states)
    let choices = choiceStart[0]..<choiceStart[states.count]
    let branchStart = try archive.starts(
      "choice-to-branches.bin", rows: index.choices, to: index.branches, of: choices)
    part.reserve(
      pairs: choices.count + states.count,
      entries: branchStart[choices.count] - branchStart[0] + states.count)
    for (place, state) in states.enumerated() {
      let stateReward = number(stateRewards, state) ?? ExactNumber(0)
      var isAbsorbing = stateReward.isZero
      for choice in choiceStart[place]..<choiceStart[place + 1] {
        let start = branchStart[choice - choices.lowerBound]
        let row = Row(
          state: state, choice: choice, number: choice - choiceStart[place],
          branches: start..<branchStart[choice - choices.lowerBound + 1])
        let isLoop = read(row, stateReward: stateReward, into: &part)
        isAbsorbing = isAbsorbing && isLoop
      }
      end(
        state, isAbsorbing: isAbsorbing, hasChoices: choiceStart[place] < choiceStart[place + 1],
        &part)
    }
  }

  /// A choice of the file.
  private struct Row {
    let state: Int
    let choice: Int
    let number: Int
    let branches: Range<Int>
  }

  /// Reads a choice; says whether it does nothing but return to its state, for nothing.
  private func read(_ row: Row, stateReward: ExactNumber, into part: inout ModelPart) -> Bool {
    let first = part.nextState.count
    let sum =
      decoder.index.probabilities.map { type in
        if case .double = type, decoder.decimals == .exact {
          return readDoubles(row, into: &part)
        }
        return readNumbers(row, type, into: &part)
      } ?? readCertain(row, into: &part)
    let entries = first..<part.nextState.count
    let choiceReward = number(choiceRewards, row.choice) ?? ExactNumber(0)
    var reward = tracked(choiceReward) + tracked(stateReward)
    if let earned = sum.reward { reward += earned / (TrackedDouble(1) + sum.defect) }
    part.endPair(
      action: actions.map { Int32(truncatingIfNeeded: $0.word(row.choice)) } ?? Int32(row.number),
      reward: reward, defect: sum.defect)
    let state = Int32(firstState + row.state)
    return choiceReward.isZero && sum.reward == nil && !entries.isEmpty
      && entries.allSatisfy { part.nextState[$0] == state }
  }

  /// The result of a row.
  private struct RowSum {
    /// σ − 1.
    var defect: TrackedDouble
    /// Σ p r(s,a,s'); nil where every r(s,a,s') is 0.
    var reward: TrackedDouble?
  }

  /// Reads a row of float64 numbers that are meant as they stand.
  private func readDoubles(_ row: Row, into part: inout ModelPart) -> RowSum {
    guard let probabilities else { return readCertain(row, into: &part) }
    var sum = CompensatedSum()
    sum.add(-1)
    var reward: TrackedDouble?
    for branch in row.branches {
      let bits = probabilities.input.integer(at: probabilities.offset(branch), as: UInt64.self)
      let value = Double(bitPattern: bits)
      guard value.isFinite, value >= 0 else {
        if let number = decoder.number(probabilities, branch, .double) {
          decoder.log.add(
            .value, at: probabilities.offset(branch), path: path(row), ModelFault.negative(number))
        }
        continue
      }
      sum.add(value)
      add(value, TrackedDouble(value), branch, row, &reward, &part)
    }
    let defect = sum.tracked(terms: row.branches.count + 1, magnitude: 2 + abs(sum.high))
    let tolerance = decoder.configuration.rowTolerance.ofModels
    if !(abs(defect.value) <= tolerance.approximation) {
      let total = ExactNumber(exactly: 1 + defect.value) ?? ExactNumber(0)
      decoder.log.add(
        .value, at: offset(row), path: path(row),
        RowTolerance.message(sum: total, tolerance: tolerance, isBinary: true))
    }
    return RowSum(defect: defect, reward: reward)
  }

  /// Reads a row of numbers that float64 may not hold.
  private func readNumbers(
    _ row: Row, _ type: UMBIndex.Numbers, into part: inout ModelPart
  ) -> RowSum {
    guard let probabilities else { return readCertain(row, into: &part) }
    var (numbers, branches): ([ExactNumber], [Int]) = ([], [])
    for branch in row.branches {
      guard let number = decoder.number(probabilities, branch, type) else { continue }
      guard number.signum >= 0 else {
        decoder.log.add(
          .value, at: probabilities.offset(branch), path: path(row), ModelFault.negative(number))
        continue
      }
      guard !number.isZero else { continue }
      numbers.append(number)
      branches.append(branch)
    }
    if decoder.decimals == .simplest, let simplest = DecimalReading.simplestRow(numbers) {
      numbers = simplest
    }
    var sum = ExactSum()
    var reward: TrackedDouble?
    for (number, branch) in zip(numbers, branches) {
      sum.add(number)
      let value = tracked(number)
      if value.error > 0 { part.probabilityError = 0x1p-53 }
      add(value.value, value, branch, row, &reward, &part)
    }
    guard !sum.isOne else { return RowSum(defect: .zero, reward: reward) }
    let tolerance = decoder.configuration.rowTolerance.ofModels
    guard sum.isOne(within: tolerance) else {
      decoder.log.add(
        .value, at: offset(row), path: path(row),
        RowTolerance.message(sum: sum.value, tolerance: tolerance))
      return RowSum(defect: .zero, reward: reward)
    }
    let defect = ExactNumber(sum.value.rational - Rational(1))
    return RowSum(defect: tracked(defect), reward: reward)
  }

  /// Reads a row without a probability: one branch, taken with certainty.
  private func readCertain(_ row: Row, into part: inout ModelPart) -> RowSum {
    var reward: TrackedDouble?
    for branch in row.branches { add(1, TrackedDouble(1), branch, row, &reward, &part) }
    if row.branches.count != 1 {
      decoder.log.add(
        .value, at: offset(row), path: path(row),
        "\(row.branches.count) branches without probabilities; expected one")
    }
    return RowSum(defect: .zero, reward: reward)
  }

  private func add(
    _ value: Double, _ probability: TrackedDouble, _ branch: Int, _ row: Row,
    _ reward: inout TrackedDouble?, _ part: inout ModelPart
  ) {
    let target = targets.long(branch)
    guard target >= 0, target < part.stateCount else {
      decoder.log.add(
        .value, at: targets.offset(branch), path: path(row),
        ModelFault.nextState(target, stateCount: part.stateCount))
      return
    }
    guard value != 0 || probability.error != 0 else { return }
    part.add(value, to: Int32(target))
    guard let earned = number(branchRewards, branch), !earned.isZero else { return }
    reward = (reward ?? .zero) + probability * tracked(earned)
  }

  private func end(_ state: Int, isAbsorbing: Bool, hasChoices: Bool, _ part: inout ModelPart) {
    let path = "state \(firstState + state)"
    let isMarked = marks?.bit(state) ?? false
    let isTerminal: Bool
    switch rule {
    case .marked: isTerminal = isMarked
    case .absorbing: isTerminal = isAbsorbing
    case .none: isTerminal = false
    }
    if isTerminal {
      if !isAbsorbing {
        decoder.log.add(
          .value, at: targets.range.lowerBound, path: path, ModelFault.leavesTerminal)
      }
      part.dropPairs()
      part.add(1, to: Int32(firstState + state))
      part.endPair(action: -1, reward: .zero, defect: .zero)
    } else if !hasChoices {
      decoder.log.add(
        .value, at: targets.range.lowerBound, path: path, ModelFault.noChoice(under: rule))
    }
    part.endState(isTerminal: isTerminal)
  }

  private func number(_ array: UMBArray?, _ index: Int) -> ExactNumber? {
    guard let array, let type = reward?.numbers else { return nil }
    return decoder.number(array, index, type)
  }

  /// A number of the file in float64; beyond its range that is a fault.
  private func tracked(_ number: ExactNumber) -> TrackedDouble {
    do throws(NumberOutOfRange) { return try TrackedDouble(number) } catch {
      decoder.log.add(
        .value, at: targets.range.lowerBound, path: "numbers",
        "\(number.excerpt) is beyond the range of float64 (1.8e308)")
      return .zero
    }
  }

  private func path(_ row: Row) -> String {
    "state \(firstState + row.state), choice \(row.number)"
  }

  private func offset(_ row: Row) -> Int {
    row.branches.isEmpty
      ? targets.range.upperBound : targets.offset(row.branches.lowerBound)
  }
}
