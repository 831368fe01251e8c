internal import NeuralTRPO

/// The configuration in a checkpoint, a JSON object of hyper-parameters.
///
/// Apart from ``ConfigurationFile``, because a checkpoint is one document under one checksum: the
/// configuration is coded with the rest of it, keys sorted, and must be whole but for what came later, where
/// the file of a user may leave defaults out.
struct WrittenConfiguration: Codable {
  /// The configuration.
  var configuration: TrainingConfiguration
  /// Names that the document it was read from lacks: the checksum is of what that says.
  private var absent: Set<String> = []

  init(_ configuration: TrainingConfiguration) { self.configuration = configuration }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for one in Hyperparameter.all where !absent.contains(one.name) {
      let name = Name(stringValue: one.name)
      switch one.read(configuration) {
      case .number(let number):
        if let integer = Int(exactly: number) {
          try container.encode(integer, forKey: name)
        } else {
          try container.encode(number, forKey: name)
        }
      case .flag(let flag): try container.encode(flag, forKey: name)
      case .text(let text): try container.encode(text, forKey: name)
      case .numbers(let numbers): try container.encode(numbers, forKey: name)
      case .null: try container.encodeNil(forKey: name)
      }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    configuration = TrainingConfiguration()
    for one in Hyperparameter.all {
      let name = Name(stringValue: one.name)
      guard container.contains(name) else {
        if one.mayBeAbsent {
          absent.insert(one.name)
          continue
        }
        throw DecodingError.keyNotFound(
          name, .init(codingPath: decoder.codingPath, debugDescription: one.summary))
      }
      do throws(Hyperparameter.Fault) {
        try one.write(Self.value(name, in: container), into: &configuration)
      } catch {
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: container.codingPath + [name], debugDescription: error.description,
            underlyingError: error))
      }
    }
  }

  private static func value(
    _ name: Name, in container: KeyedDecodingContainer<Name>
  ) -> Hyperparameter.Value {
    if let flag = try? container.decode(Bool.self, forKey: name) { return .flag(flag) }
    if let number = try? container.decode(Double.self, forKey: name) { return .number(number) }
    if let text = try? container.decode(String.self, forKey: name) { return .text(text) }
    if let list = try? container.decode([Double].self, forKey: name) { return .numbers(list) }
    return .null
  }
}
