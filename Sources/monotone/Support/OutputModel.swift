import MDPFormats
import MonotoneFiles

/// The files that a model of another format will be written to, or standard output.
struct OutputModel {
  private let path: String?
  private let format: any WritableModelFormat

  /// Makes sure that the first file can be written, and that nothing is lost by it.
  ///
  /// - Parameters:
  ///   - path: The first file; nil for standard output.
  ///   - inputs: Arguments that name what is read.
  init(
    _ path: String?, _ format: any WritableModelFormat, inputs: [String],
    overwrites: OverwriteOption
  ) throws {
    self.path = path
    self.format = format
    _ = try OutputFile(path, as: Self.kind(format), inputs: inputs, overwrites: overwrites)
    // The files beside the first bear its name; of a path without the format's ending they get another.
    guard let path, format.isSeveral else { return }
    for ending in ["lab", "srew", "trew", "state.rew", "trans.rew"] {
      let sibling = Self.sibling(of: path, ending, format)
      guard FileSystem.exists(sibling), !overwrites.overwrite else { continue }
      throw CommandFailure(
        "\(sibling) exists and belongs to \(path): it is kept; name another file, or add --overwrite",
        .unwritable)
    }
  }

  /// Writes them, all or none.
  func write(_ files: [ModelFile]) throws {
    guard let path else {
      guard files.count == 1, let file = files.first else {
        throw CommandFailure(
          "\(format.name) is several files; name the first with --output, such as model.tra", .usage
        )
      }
      return try Console.output(file.bytes)
    }
    var set = AtomicFileSet(makesFolders: false)
    do throws(UnwritableOutput) {
      for (index, file) in files.enumerated() {
        try set.prepare(
          file.bytes, at: index == 0 ? path : Self.sibling(of: path, file.ending, format))
      }
      try set.commit()
    } catch {
      set.discard()
      throw CommandFailure(error)
    }
  }

  private static func sibling(
    of path: String, _ ending: String, _ format: any WritableModelFormat
  ) -> String {
    path.lowercased().hasSuffix(".tra") ? "\(path.dropLast(3))\(ending)" : "\(path).\(ending)"
  }

  private static func kind(_ format: any WritableModelFormat) -> OutputKind {
    OutputKind(
      name: "a file of \(format.noun)", beginnings: format.beginnings, marks: format.marks)
  }
}
