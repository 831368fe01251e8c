public import MonotoneFiles

/// An input that can be kept in files: those of a model and of policies, which the command reads.
public protocol Counterexample: Sendable {
  /// The files, to be written beside each other under one stem.
  var files: [CounterexampleFile] { get }
  /// The input of the files under a stem.
  init(reading stem: String) throws
  /// The input in words, as failures show it; its description, unless said otherwise.
  var summary: String { get }
  /// The command that shows what the input is about; nil if there is none.
  static func command(reading stem: String) -> String?
}

/// A file of a counterexample.
public struct CounterexampleFile: Sendable, Equatable {
  /// The part of its name after the stem and a dot.
  public var suffix: String
  /// The contents of the file.
  public var text: String

  /// A file from the end of its name and its contents.
  public init(suffix: String, text: String) {
    self.suffix = suffix
    self.text = text
  }
}

extension Counterexample {
  public var summary: String { "\(self)" }

  /// Writes the files of the input into a folder, which is made if it is missing.
  ///
  /// - Returns: The stem: the same for the same property and input.
  /// - Throws: ``UnwritableOutput``.
  public func write(into folder: String, property: String) throws(UnwritableOutput) -> String {
    let digest = Digest.of(files.map(\.text).joined())
    let stem = "\(folder)/\(Self.slug(property))-\(digest)"
    try FileSystem.makeFolder(folder)
    for file in files { try AtomicFile.write(Array(file.text.utf8), to: "\(stem).\(file.suffix)") }
    return stem
  }

  /// The stems of the inputs that a folder keeps for a property, in order.
  public static func stems(in folder: String, property: String) -> [String] {
    let prefix = slug(property) + "-"
    let digestLength = Digest.of("").count
    let stems = FileSystem.names(in: folder).compactMap { name -> String? in
      guard let stem = name.split(separator: ".").first, stem.hasPrefix(prefix) else { return nil }
      return stem.count == prefix.count + digestLength ? "\(folder)/\(stem)" : nil
    }
    return Set(stems).sorted()
  }

  /// A property's name as part of a file name.
  static func slug(_ property: String) -> String {
    let words = property.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return words.isEmpty ? "property" : words.joined(separator: "-").lowercased()
  }
}

/// A short digest that tells inputs apart: FNV-1a.
enum Digest {
  static func of(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash & 0xFFFF_FFFF, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
