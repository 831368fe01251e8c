public import MDPCore
public import MonotoneFiles

/// Reads finite MDPs from files of the format `monotone/mdp/v1`.
///
/// The reader is strict: every number is taken exactly as it is written, nothing is guessed, and
/// every fault of a file is reported at once, each with its line, column and path. It refuses
/// duplicate and unknown keys, and models whose sizes alone say that memory cannot hold them.
///
/// Names are compared byte by byte, once escapes are resolved; two names that differ only in how
/// Unicode composes their characters cannot both be declared.
public enum MDPReader {
  /// Reads an MDP.
  ///
  /// Complexity: linear in the size of the input, apart from sorting what is not in order.
  ///
  /// - Throws: ``InvalidInput`` with every fault.
  public static func read(
    _ input: InputBytes, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) -> MDPDocument {
    let json = try JSONDocument(input, nestingLimit: configuration.nestingLimit)
    return try read(json, configuration: configuration)
  }

  static func read(
    _ json: JSONDocument, configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    let log = FaultLog(limit: configuration.faultLimit)
    if let members = DocumentMembers(
      json, schema: .mdp,
      required: ["schema", "name", "discount", "states", "actions", "initial", "transitions"],
      optional: ["description", "source", "terminal", "rewards", "features"], log: log)
    {
      var decoder = MDPDecoder(members: members, log: log, configuration: configuration)
      if let document = decoder.decode() { return document }
    }
    throw log.error(in: json.input)
  }
}
