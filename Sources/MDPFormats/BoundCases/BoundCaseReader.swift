package import MonotoneFiles

/// Reads counterexamples to false variants of bounds, and examples of tight ones.
package enum BoundCaseReader {
  /// Reads a case; the files that it names are not opened.
  ///
  /// - Throws: ``InvalidInput`` with every fault.
  package static func read(
    _ input: InputBytes, as kind: BoundCase.Kind, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) -> BoundCase {
    try read(
      JSONDocument(input, nestingLimit: configuration.nestingLimit), as: kind,
      configuration: configuration)
  }

  static func read(
    _ json: JSONDocument, as kind: BoundCase.Kind, configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> BoundCase {
    let supremum = kind == .attainment ? ["supremum"] : []
    let keys =
      ["name", "description", kind.claimKey] + supremum + ["mdp", "current", "candidate"]
    let texts = try DocumentMembers.texts(
      of: json, schema: kind.schema, keys: keys, configuration: configuration)
    func text(_ key: String) -> String {
      keys.firstIndex(of: key).map { texts[$0] } ?? ""
    }
    return BoundCase(
      name: text("name"), description: text("description"), claim: text(kind.claimKey),
      supremum: text("supremum"), mdp: text("mdp"), current: text("current"),
      candidate: text("candidate"))
  }
}
