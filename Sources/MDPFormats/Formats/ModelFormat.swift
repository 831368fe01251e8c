package import MDPCore
package import MonotoneFiles

/// A file format of models.
///
/// Adding a format is a file with a type that conforms, and an entry of ``ModelFormats/all``.
package protocol ModelFormat: Sendable {
  /// The name for `--format` and `--to`.
  var name: String { get }
  /// The name in prose, with an article.
  var noun: String { get }
  /// How names of files end, without the leading point, in lower case.
  var extensions: [String] { get }
  /// How numbers become rational where nobody says; nil where they are exact as they stand.
  var decimals: DecimalReading? { get }

  /// Whether bytes look like a file of this format, where its name does not tell.
  func recognises(_ input: InputBytes) -> Bool

  /// Reads a model.
  ///
  /// - Throws: ``InvalidInput`` with every fault.
  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument
}

extension ModelFormat {
  package func recognises(_ input: InputBytes) -> Bool { false }

  /// How the numbers of a file become rational.
  func decimals(_ configuration: MDPReaderConfiguration) -> DecimalReading {
    configuration.decimals ?? decimals ?? .shortest
  }
}

/// The formats that are known.
package enum ModelFormats {
  /// The project's own format first: it is what a file without a telling name is read as.
  package static let all: [any ModelFormat] = [
    OwnFormat(), GymnasiumFormat(), DRNFormat(), PRISMFormat(), StormFormat(),
    PRISMExportFormat(), NPZFormat(), ToolboxFormat(), QuantEconFormat(), UMBFormat(),
    POMDPFormat(),
  ]

  /// Their names.
  package static var names: [String] { all.map(\.name) }

  /// The format of a name.
  package static func named(_ name: String) -> (any ModelFormat)? { all.first { $0.name == name } }

  /// The format that a file's name tells; nil where it tells none.
  package static func ofFile(_ path: String) -> (any ModelFormat)? {
    let name = path.lowercased()
    return all.first { format in format.extensions.contains { name.hasSuffix(".\($0)") } }
  }

  /// The format of a file: the one that is asked for, else by its name, else by its content.
  static func of(_ input: InputBytes, _ configuration: MDPReaderConfiguration) -> any ModelFormat {
    if let name = configuration.format, let format = named(name) { return format }
    let format = ofFile(input.name)
    if let format, !(format is OwnFormat) { return format }
    return all.first { $0.recognises(input) } ?? OwnFormat()
  }
}
