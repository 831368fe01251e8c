public import MDPCore
public import MonotoneFiles

/// Checks files of every format that Monotone reads.
public enum Validator {
  /// Checks a file, which says itself what it is.
  ///
  /// A policy without its model is checked as far as that is possible: its form, its numbers and
  /// their sums, but not whether its states and actions exist; a batch likewise. A `.npy` file says
  /// nothing of itself and is taken for a policy, or for several if it has three dimensions. A file whose
  /// name or content tells another format of models (``ModelReader``) is checked as a model.
  ///
  /// - Parameters:
  ///   - input: The file.
  ///   - model: The model that a policy or a batch is for, if it is at hand.
  ///   - configuration: The limits within which the file is read.
  public static func validate(
    _ input: InputBytes, against model: MDPDocument? = nil,
    configuration: MDPReaderConfiguration = .init()
  ) -> FileValidation {
    var schema: FileSchema?
    var normalised: [String] = []
    do throws(InvalidInput) {
      let format = ModelFormats.of(input, configuration)
      if !(format is OwnFormat) {
        normalised = try ModelReader.read(input, configuration: configuration).normalised
      } else if NPYHeader.isPresent(in: input) {
        normalised = try checkPolicy(input, against: model, configuration)
      } else {
        let json = try JSONDocument(input, nestingLimit: configuration.nestingLimit)
        schema = try Self.schema(of: json)
        switch schema {
        case .mdp: normalised = try MDPReader.read(json, configuration: configuration).normalised
        case .policy: normalised = try checkPolicy(input, against: model, configuration)
        case .batch: try BatchReader.check(input, against: model, configuration: configuration)
        case .refutation:
          _ = try BoundCaseReader.read(json, as: .refutation, configuration: configuration)
        case .attainment:
          _ = try BoundCaseReader.read(json, as: .attainment, configuration: configuration)
        case .training: _ = try SettingsReader.read(input, configuration: configuration)
        case nil: break
        }
      }
    } catch {
      return FileValidation(
        file: input.name, schema: schema, faults: error.faults, unlisted: error.unlisted)
    }
    return FileValidation(file: input.name, schema: schema, normalised: normalised)
  }

  /// The rows that are divided by their sums; only the model tells which those are.
  private static func checkPolicy(
    _ input: InputBytes, against model: MDPDocument?, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> [String] {
    guard let model else {
      if PolicyStack.isPresent(in: input) {
        try PolicyStack.check(input, configuration: configuration)
      } else {
        try PolicyReader.check(input, configuration: configuration)
      }
      return []
    }
    guard let stack = try PolicyStack(input, for: model, configuration: configuration) else {
      return try PolicyReader.read(input, for: model, configuration: configuration).normalised
    }
    var normalised: [String] = []
    for index in 0..<stack.count { normalised += try stack.policy(index).normalised }
    return normalised
  }

  /// The schema that a JSON file names.
  ///
  /// - Throws: the fault that it does not say so.
  private static func schema(of json: JSONDocument) throws(InvalidInput) -> FileSchema {
    let log = FaultLog(limit: 1)
    let root = json.cursor(at: json.root)
    let known = FileSchema.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    guard root.kind == .object else {
      log.schema(at: json.root, "found \(root.kind.phrase); expected an object")
      throw log.error(in: json.input)
    }
    for member in json.members {
      var cursor = json.cursor(at: member.key)
      let key = cursor.string()
      guard key.end - key.start < 100, cursor.text(key) == "schema" else { continue }
      cursor = json.cursor(at: member.value)
      let start = cursor
      if cursor.kind == .string, let schema = FileSchema(rawValue: cursor.text(cursor.string())) {
        return schema
      }
      log.schema(at: start.position, "found \(start.excerpt()); expected one of \(known)")
      throw log.error(in: json.input)
    }
    log.schema(at: json.root, "the key \"schema\" is missing; add it with one of \(known)")
    throw log.error(in: json.input)
  }
}
