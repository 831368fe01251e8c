internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes a model from the arrays of a UMB archive.
struct UMBDecoder {
  let archive: TarArchive
  let index: UMBIndex
  let configuration: MDPReaderConfiguration
  let log: FaultLog
  let decimals: DecimalReading
  /// The notes of this project's writer by name, as places in the index.
  let parameters: [String: Int]

  init(
    _ archive: TarArchive, _ index: UMBIndex, _ configuration: MDPReaderConfiguration,
    _ log: FaultLog
  ) {
    self.archive = archive
    self.index = index
    self.configuration = configuration
    self.log = log
    decimals = configuration.decimals ?? .exact
    parameters = index.parameters.map { index.object($0.root) } ?? [:]
  }

  mutating func read(
    _ format: any ModelFormat, name: String
  ) throws(ArchiveFault) -> MDPDocument? {
    try requireSizes()
    let reward = try reward()
    var draft = ModelDraft(stateCount: index.states, log: log, configuration)
    draft.decimals = holdsDecimals(reward) ? decimals : nil
    let labels = try actionLabels(&draft)
    try addChoices(&draft, labels, reward)
    if let reward, reward.appliesTo.contains("states"),
      let values = try values(of: reward, "states", index.states), let type = reward.numbers
    {
      for state in 0..<index.states {
        guard let number = number(values, state, type) else { continue }
        draft.setReward(number, state: state, at: values.offset(state), values.path(state))
      }
    }
    if let bits = try terminalMarks() {
      draft.marked = (0..<index.states).map(bits.bit)
    }
    var header = ModelDraft.Header(format: format, name: index.name ?? name)
    header.description = index.description
    header.source = text("source")
    header.discount = parameter("discount")
    header.initial = try initial()
    header.states = try stateNames()
    header.actions = try declaredActions(&draft)
    header.features = features()
    header.reward = reward?.alias
    header.holdsDecimals = holdsDecimals(reward)
    guard log.isEmpty else { return nil }
    return draft.finish(header)
  }

  /// Whether each state bears the label `terminal`; nil where there is no such label.
  func terminalMarks() throws(ArchiveFault) -> UMBArray? {
    guard let terminal = index.labels.first(where: { $0.alias == "terminal" }) else { return nil }
    return try archive.bits(
      "annotations/aps/\(terminal.id)/states/values.bin", count: index.states)
  }

  private func holdsDecimals(_ reward: UMBIndex.Annotation?) -> Bool {
    [index.probabilities, reward?.numbers].contains {
      if case .double? = $0 { true } else { false }
    }
  }

  /// The counts of the index are believed once the archive has an array of that length.
  func requireSizes() throws(ArchiveFault) {
    // A shard may be empty.
    guard index.states > 0 || index.shard != nil, index.states < Int(Int32.max) else {
      throw ArchiveFault(
        offset: 0, member: "index.json", "\(index.states) states; expected at least one")
    }
    let bytes = archive.input.count
    for (noun, count) in [
      ("states", index.states), ("choices", index.choices), ("branches", index.branches),
    ] where count > bytes {
      throw ArchiveFault(
        offset: 0, member: "index.json", "\(count) \(noun), for which the archive is too short")
    }
  }

  func number(_ array: UMBArray, _ index: Int, _ type: UMBIndex.Numbers) -> ExactNumber? {
    if let number = array.number(index, type, decimals) { return number }
    log.add(
      .value, at: array.offset(index), path: array.path(index),
      "not a number: NaN, infinite, or over 0")
    return nil
  }
}

extension UMBIndex.Numbers {
  /// The bytes of a number.
  var size: Int {
    switch self {
    case .double: 8
    case .rational(let width): 2 * width
    }
  }
}
