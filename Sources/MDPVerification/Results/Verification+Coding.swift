// Documents write null for what is not there, so that a reader always finds every key.

extension ModelVerification {
  private enum Key: String, CodingKey {
    case file, model, description, source, uniformReturn, optimalReturn, optimalityResidual
    case updates, rules
  }

  /// Writes null for a missing description or source.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(file, forKey: .file)
    try container.encode(model, forKey: .model)
    try container.encode(description, forKey: .description)
    try container.encode(source, forKey: .source)
    try container.encode(uniformReturn, forKey: .uniformReturn)
    try container.encode(optimalReturn, forKey: .optimalReturn)
    try container.encode(optimalityResidual, forKey: .optimalityResidual)
    try container.encode(updates, forKey: .updates)
    try container.encode(rules, forKey: .rules)
  }
}

extension Refutation {
  private enum Key: String, CodingKey {
    case name, file, description, model, variant, result, command
  }

  /// Writes null for a missing description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(file, forKey: .file)
    try container.encode(description, forKey: .description)
    try container.encode(model, forKey: .model)
    try container.encode(variant, forKey: .variant)
    try container.encode(result, forKey: .result)
    try container.encode(command, forKey: .command)
  }
}
