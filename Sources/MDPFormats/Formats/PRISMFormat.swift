internal import MDPCore
internal import MonotoneFiles

/// PRISM's explicit files: `MODEL.tra`, and beside it `.lab`, `.sta`, `.srew` and `.trew`; or those of
/// Storm's dialect, whose `.tra` begins with `mdp` and whose rewards end in `.state.rew` and `.trans.rew`.
///
/// Source: the manual of PRISM, "Explicit Model Files"; Storm's explicit parser.
struct PRISMFormat: ModelFormat {
  let name = "prism"
  let noun = "PRISM's explicit format"
  let extensions = ["tra"]
  var decimals: DecimalReading? { .shortest }

  /// The files beside the transitions, each by any of its endings.
  private static let parts: [(part: PRISMParser.Part, endings: [String])] = [
    (.labels, ["lab"]), (.states, ["sta"]), (.stateRewards, ["srew", "state.rew"]),
    (.transitionRewards, ["trew", "trans.rew"]),
  ]

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    var parser = try PRISMParser(input, configuration, decimals(configuration))
    try parser.read(.transitions, from: input)
    for (part, endings) in Self.parts {
      for ending in endings {
        guard let path = Self.sibling(of: input.name, ending), FileSystem.exists(path) else {
          continue
        }
        parser.files.append(path.fileName)
        try parser.read(part, from: try Self.open(path))
        break
      }
    }
    return try parser.finish(self, input)
  }

  private static func sibling(of path: String, _ ending: String) -> String? {
    path.lowercased().hasSuffix(".tra") ? "\(path.dropLast(3))\(ending)" : nil
  }

  private static func open(_ path: String) throws(InvalidInput) -> InputBytes {
    do throws(UnreadableInput) { return try InputBytes(path: path) } catch {
      throw InvalidInput(
        file: path,
        faults: [
          Fault(kind: .syntax, line: 1, column: 1, path: "file", message: error.reason)
        ])
    }
  }
}

/// PRISM's explicit files in one: sections with a heading each, `.pexp`.
struct PRISMExportFormat: ModelFormat {
  let name = "pexp"
  let noun = "PRISM's explicit format in one file"
  let extensions = ["pexp"]
  var decimals: DecimalReading? { .shortest }

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    var parser = try PRISMParser(input, configuration, decimals(configuration))
    try parser.read(nil, from: input)
    return try parser.finish(self, input)
  }
}
