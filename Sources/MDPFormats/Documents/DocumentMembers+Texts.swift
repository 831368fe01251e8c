internal import MonotoneFiles

extension DocumentMembers {
  /// The values, in the order of the keys, of a file whose every member is a text that is not empty.
  ///
  /// - Throws: ``InvalidInput`` with every fault.
  static func texts(
    of document: JSONDocument, schema: FileSchema, keys: [String],
    configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> [String] {
    let log = FaultLog(limit: configuration.faultLimit)
    if let members = DocumentMembers(
      document, schema: schema, required: ["schema"] + keys, optional: [], log: log)
    {
      let texts = keys.compactMap { members.nonEmptyText($0) }
      if log.isEmpty, texts.count == keys.count { return texts }
    }
    throw log.error(in: document.input)
  }
}
