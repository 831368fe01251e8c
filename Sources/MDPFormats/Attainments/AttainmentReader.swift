/// Reads examples of tightness from files of the format `monotone/attainment/v1`.
public enum AttainmentReader {
  /// Reads an example; the files that it names are not opened.
  ///
  /// - Throws: ``InvalidInput`` with every fault.
  public static func read(
    _ input: InputBytes, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) -> AttainmentDocument {
    try read(JSONDocument(input, configuration: configuration), configuration: configuration)
  }

  static func read(
    _ json: JSONDocument, configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> AttainmentDocument {
    let texts = try DocumentMembers.texts(
      of: json, schema: .attainment,
      keys: ["name", "description", "claim", "supremum", "mdp", "current", "candidate"],
      configuration: configuration)
    return AttainmentDocument(
      name: texts[0], description: texts[1], claim: texts[2], supremum: texts[3], mdp: texts[4],
      current: texts[5], candidate: texts[6])
  }
}
