import ArgumentParser
import MonotoneFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that a command will write, or standard output: made before the work begins, so that what would
/// stop the writing is known then.
struct OutputFile {
  private let path: String?

  /// Makes sure that a file can be written, and that nothing is lost by it.
  ///
  /// - Parameters:
  ///   - path: Where to; nil for standard output.
  ///   - kind: What will be written.
  ///   - inputs: Arguments that name what is read.
  ///   - others: What else is written.
  ///   - overwrites: Whether a file of another kind may be replaced.
  /// - Throws: ``CommandFailure``.
  init(
    _ path: String?, as kind: OutputKind, inputs: [String], others: [String?] = [],
    overwrites: OverwriteOption
  ) throws {
    self.path = path
    guard let path else { return }
    let destination: OutputDestination
    do throws(UnwritableOutput) {
      try OutputDestination.probe(path)
      destination = try OutputDestination(path)
    } catch {
      throw CommandFailure(error)
    }
    guard case .file(let target) = destination else { return }
    try Self.requireNew(target, named: path, inputs: inputs, others: others.compactMap(\.self))
    guard !overwrites.overwrite, FileSystem.exists(target), !kind.matches(target) else { return }
    throw CommandFailure(
      "\(path) exists and is not \(kind.name) of this command's: it is kept; name another file, or "
        + "add --overwrite", .unwritable)
  }

  /// Writes it, whole or not at all.
  func write(_ bytes: [UInt8]) throws(CommandFailure) {
    guard let path else { return try Console.output(bytes) }
    do throws(UnwritableOutput) { try AtomicFile.write(bytes, to: path) } catch {
      throw CommandFailure(error)
    }
  }

  /// Refuses a file that is an input, or another output.
  private static func requireNew(
    _ target: String, named path: String, inputs: [String], others: [String]
  ) throws {
    let identity = FileIdentity(target)
    if let input = inputs.first(where: { FileIdentity.ofInput($0) == identity }) {
      throw CommandFailure(
        "\(path) is read as \(input == "-" ? "standard input" : input) by the same command, which would "
          + "overwrite it; name another file to write", .usage)
    }
    if let other = others.first(where: { FileIdentity($0) == identity }) {
      throw CommandFailure("\(path) and \(other) are the same file; name two", .usage)
    }
  }
}

/// Whether files that a command did not write may be replaced.
struct OverwriteOption: ParsableArguments {
  @Flag(
    help: "Replace existing output of another kind of run or another program.")
  var overwrite = false
}

extension ExitStatus {
  /// Ends the command with this status, unless it is success.
  func leave() throws {
    if self != .success { throw ExitCode(rawValue) }
  }
}
