import ArgumentParser
import MonotoneReports

/// The `.npz` file of a solution that a command will write.
struct SolutionFile {
  private let path: String
  private let file: OutputFile

  /// Whether a path names such a file.
  static func isOne(_ path: String) -> Bool { path.lowercased().hasSuffix(".npz") }

  /// The path of an option, which must end in `.npz`.
  static func path(_ path: String) throws -> String {
    guard isOne(path) else {
      throw ValidationError("--output must name a .npz file, not \(path)")
    }
    return path
  }

  /// Makes sure that the file can be written, and that nothing is lost by it.
  init(
    _ path: String, inputs: [String], others: [String?] = [], overwrites: OverwriteOption
  ) throws {
    self.path = path
    file = try OutputFile(
      path, as: .solutionArchive, inputs: inputs, others: others, overwrites: overwrites)
  }

  /// Writes the bytes that are made, whole or not at all.
  func write(_ bytes: () throws(ArchiveTooLarge) -> [UInt8]) throws(CommandFailure) {
    let made: [UInt8]
    do throws(ArchiveTooLarge) { made = try bytes() } catch {
      throw CommandFailure("\(path): \(error.message)", .unwritable)
    }
    try file.write(made)
  }
}
