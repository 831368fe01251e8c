/// Reads counterexamples from files of the format `monotone/refutation/v1`.
public enum RefutationReader {
  /// Reads a counterexample; the files that it names are not opened.
  ///
  /// - Throws: ``InvalidInput`` with every fault.
  public static func read(
    _ input: InputBytes, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) -> RefutationDocument {
    try read(JSONDocument(input, configuration: configuration), configuration: configuration)
  }

  static func read(
    _ json: JSONDocument, configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> RefutationDocument {
    let texts = try DocumentMembers.texts(
      of: json, schema: .refutation,
      keys: ["name", "description", "variant", "mdp", "current", "candidate"],
      configuration: configuration)
    return RefutationDocument(
      name: texts[0], description: texts[1], variant: texts[2], mdp: texts[3],
      current: texts[4], candidate: texts[5])
  }
}
