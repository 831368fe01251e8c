public import MDPCore
public import MonotoneFiles
internal import MonotoneArithmetic

/// Reads models of every format that is known, each told by the file's name, its content, or by name.
///
/// Whatever the format, the result is the same document with exact numbers that the own format gives; how
/// it was read stands in its ``MDPDocument/reading``.
public enum ModelReader {
  /// Reads a model.
  ///
  /// - Throws: ``InvalidInput`` with every fault; in a binary file the column is the byte offset plus 1.
  public static func read(
    _ input: InputBytes, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) -> MDPDocument {
    if let name = configuration.format, ModelFormats.named(name) == nil {
      let log = FaultLog(limit: 1, places: .text)
      log.add(
        .schema, at: 0, path: "--format",
        "unknown format \(Excerpt.quoted(name)); the formats are "
          + ModelFormats.names.joined(separator: ", ")
          + NearestName.hint(name, among: ModelFormats.names))
      throw log.error(in: input)
    }
    return try ModelFormats.of(input, configuration).read(input, configuration)
  }
}
