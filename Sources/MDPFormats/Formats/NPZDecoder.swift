internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes a model from arrays.
struct NPZDecoder {
  let arrays: NPZArrays
  let configuration: MDPReaderConfiguration
  let log: FaultLog
  private let usual: DecimalReading?
  private(set) var decimals = DecimalReading.exact

  init(
    _ arrays: NPZArrays, _ configuration: MDPReaderConfiguration, _ log: FaultLog,
    _ usual: DecimalReading?
  ) {
    self.arrays = arrays
    self.configuration = configuration
    self.log = log
    self.usual = usual
  }

  /// The document; nil, with faults, where there is none.
  mutating func read(
    _ format: any ModelFormat, name: String
  ) throws(ArchiveFault) -> MDPDocument? {
    let stated = try word("decimals").flatMap(DecimalReading.init(rawValue:))
    decimals = configuration.decimals ?? stated ?? usual ?? .exact
    var draft: ModelDraft
    if arrays.has("pair_start") {
      draft = try ownLayout()
    } else if arrays.has("s_indices") {
      draft = try quantEconPairs()
    } else if arrays.has("P") {
      draft = try toolbox()
    } else if arrays.has("Q") {
      draft = try quantEconDense()
    } else {
      throw ArchiveFault(
        offset: 0, member: "archive",
        "the arrays are \(arrays.names.joined(separator: ", ")); expected P and R, or s_indices, a_indices, "
          + "R and Q, or pair_start, pair_action, row_start, next_state, probability and reward")
    }
    if let terminal = try arrays.array("terminal") {
      guard terminal.shape == [draft.stateCount], terminal.isWhole else {
        throw ArchiveFault(
          offset: 0, member: "terminal.npy",
          "expected \(draft.stateCount) booleans, one for each state")
      }
      draft.marked = (0..<draft.stateCount).map { terminal.whole($0) != 0 }
    }
    var header = ModelDraft.Header(format: format, name: try word("name") ?? name)
    header.description = try word("description")
    header.source = try word("source")
    header.decimals = stated
    header.discount = try discount()
    header.states = try names("states", count: draft.stateCount)
    header.actions = try actions(&draft)
    header.initial = try initial(draft.stateCount)
    header.features = try features(draft.stateCount)
    guard log.isEmpty else { return nil }
    return draft.finish(header)
  }

  /// The rational number of an element; nil, with a fault, where it is none.
  func number(_ array: NPYTable, _ index: Int, _ name: String) -> ExactNumber? {
    if array.isWhole, let whole = array.whole(index) { return ExactNumber(whole) }
    let value = array.number(index)
    let number =
      array.isSingle && value.isFinite ? single(Float(value)) : decimals.number(value)
    if number == nil {
      log.add(
        .value, at: array.offset(index), path: "\(name).npy[\(index)]",
        "found \(value); expected a finite number")
    }
    return number
  }

  private func single(_ value: Float) -> ExactNumber? {
    switch decimals {
    case .exact: ExactNumber(exactly: Double(value))
    case .shortest: try? ExactNumber(parsing: value.description)
    case .simplest: ExactNumber(simplest: value)
    }
  }

  /// A whole number within a range; nil, with a fault, where it is none.
  func index(_ array: NPYTable, _ index: Int, _ name: String, in range: Range<Int>) -> Int? {
    if let whole = array.whole(index), range.contains(whole) { return whole }
    log.add(
      .value, at: array.offset(index), path: "\(name).npy[\(index)]",
      "found \(array.number(index)); expected a whole number from \(range.lowerBound) to "
        + "\(range.upperBound - 1)")
    return nil
  }

  /// The starts of rows, as they lie in the file.
  struct Starts {
    fileprivate let array: NPYTable

    /// How many rows there are.
    var rowCount: Int { array.count - 1 }

    /// The entries of a row.
    subscript(row: Int) -> Range<Int> { start(row)..<start(row + 1) }

    private func start(_ row: Int) -> Int { array.whole(row) ?? 0 }
  }

  /// The starts of rows, which must ascend from 0 to a count.
  func starts(_ name: String, rows: Int?, to end: Int) throws(ArchiveFault) -> Starts {
    let array = try arrays.array(name, shape: [rows.map { $0 + 1 }])
    let expected = "expected whole numbers that ascend from 0 to \(end)"
    guard array.count > 0 else {
      throw ArchiveFault(offset: 0, member: "\(name).npy", "it is empty; \(expected)")
    }
    var previous = 0
    for index in 0..<array.count {
      let lowest = index == array.count - 1 ? end : previous
      let highest = index == 0 ? 0 : end
      guard let value = array.whole(index), lowest <= value, value <= highest else {
        throw ArchiveFault(
          offset: array.offset(index), member: "\(name).npy[\(index)]",
          "found \(array.number(index)); \(expected)")
      }
      previous = value
    }
    return Starts(array: array)
  }

  private func word(_ name: String) throws(ArchiveFault) -> String? {
    guard let array = try arrays.array(name) else { return nil }
    guard array.count == 1, let text = array.text(0) else {
      throw ArchiveFault(offset: 0, member: "\(name).npy", "expected one text")
    }
    return text
  }

  private func discount() throws(ArchiveFault) -> ExactNumber? {
    for name in ["discount", "beta", "gamma"] {
      guard let array = try arrays.array(name) else { continue }
      guard array.count == 1 else {
        throw ArchiveFault(offset: 0, member: "\(name).npy", "expected one number")
      }
      guard array.isText else { return number(array, 0, name) }
      do throws(NumberFault) { return try ExactNumber(parsing: array.text(0) ?? "") } catch {
        throw ArchiveFault(offset: 0, member: "\(name).npy", error.message)
      }
    }
    return nil
  }

  /// Names, or a count of them; nil where nothing is said.
  private func names(_ name: String, count: Int?) throws(ArchiveFault) -> Names? {
    guard let array = try arrays.array(name) else { return nil }
    let names = (0..<array.count).compactMap { array.text($0) }
    if array.shape.count == 1, names.count == array.count, count == nil || count == names.count,
      !names.isEmpty, !names.contains(""), Set(names).count == names.count
    {
      return Names(names)
    }
    if array.count == 1, let whole = array.whole(0), count == nil || count == whole, whole > 0,
      whole <= 1 << 24
    {
      return Names(count: whole)
    }
    throw ArchiveFault(
      offset: 0, member: "\(name).npy",
      "expected \(count.map(String.init) ?? "some") different names, or their count")
  }

  /// The names of actions, to which the numbers of choices refer.
  private func actions(_ draft: inout ModelDraft) throws(ArchiveFault) -> Names? {
    guard let names = try names("actions", count: nil) else { return nil }
    guard let last = draft.choices.map(\.number).max(), Int(last) >= names.count else {
      draft.labelByNumber()
      return names
    }
    throw ArchiveFault(
      offset: 0, member: "actions.npy",
      "\(names.count) actions; the model has one of number \(last)")
  }

  private func initial(_ states: Int) throws(ArchiveFault) -> ModelDraft.Initial {
    guard arrays.has("initial") else { return .unstated }
    let array = try arrays.array("initial", shape: [states])
    // Few of many states are initial.
    var entries: [(state: Int, probability: ExactNumber)] = []
    for state in 0..<states {
      if let probability = number(array, state, "initial"), !probability.isZero {
        entries.append((state, probability))
      }
    }
    return .distribution(entries, at: array.offset(0))
  }

  private func features(_ states: Int) throws(ArchiveFault) -> [[ExactNumber]] {
    guard arrays.has("features") else { return [] }
    let array = try arrays.array("features", shape: [states, nil])
    let width = array.shape[1]
    guard width > 0 else { return [] }
    return (0..<states).map { state in
      (0..<width).compactMap { number(array, state * width + $0, "features") }
    }
  }
}
