internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The table of a tabular Gymnasium environment as JSON:
/// `{"P": {"0": {"0": [[probability, next state, reward, terminated], …], …}, …}}`.
///
/// A terminated episode earns nothing more. So a state that episodes enter only by terminated transitions
/// becomes a terminal state, whatever its own rows say. If episodes are in such a state without ending, too,
/// then terminated transitions lead to one more state instead, the last.
///
/// Source: Gymnasium's toy-text environments (FrozenLake, CliffWalking, Taxi).
struct GymnasiumFormat: ModelFormat {
  let name = "gymnasium"
  let noun = "a table of Gymnasium"
  let extensions: [String] = []
  var decimals: DecimalReading? { .shortest }

  /// Whether the outermost object has a table and no schema.
  func recognises(_ input: InputBytes) -> Bool {
    guard input.buffer.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"),
      let json = try? JSONDocument(input)
    else { return false }
    let keys = json.members.map { member in
      var cursor = json.cursor(at: member.key)
      return cursor.text(cursor.string())
    }
    return keys.contains("P") && !keys.contains("schema")
  }

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    let json = try JSONDocument(input, nestingLimit: configuration.nestingLimit)
    var parser = GymnasiumParser(json, configuration, decimals(configuration))
    return try parser.read(self)
  }
}
