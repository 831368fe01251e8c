internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The project's own format, `monotone/mdp/v1`: see ``MDPReader`` and ``MDPWriter``.
struct OwnFormat: ModelFormat {
  let name = "monotone"
  let noun = "a model of Monotone's own format"
  let extensions = ["json"]
  var decimals: DecimalReading? { nil }

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    try requireNone(
      [
        ("terminal", configuration.terminal?.rawValue),
        ("decimals", configuration.decimals?.rawValue), ("reward", configuration.reward),
      ], in: input)
    var document = try MDPReader.read(input, configuration: configuration)
    if let discount = configuration.discount { document.discount = discount }
    return document
  }

  /// Refuses what this format leaves no choice of.
  private func requireNone(
    _ options: [(name: String, value: String?)], in input: InputBytes
  ) throws(InvalidInput) {
    let log = FaultLog(limit: options.count, places: .text)
    for option in options {
      guard let value = option.value else { continue }
      log.add(
        .schema, at: 0, path: "--\(option.name)",
        "\(value) is for files of other formats; this one is exact and names its terminal states "
          + "and rewards")
    }
    if !log.isEmpty { throw log.error(in: input) }
  }
}
