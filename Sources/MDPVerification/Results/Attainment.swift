public import MonotoneArithmetic
public import MDPGuarantees

/// A bound on an update that brings it close to equality: how tight the bound is known to be.
public struct Attainment: Sendable, Equatable, Codable {
  /// The example's name.
  public var name: String
  /// The attainment file, as it was named.
  public var file: String
  /// Why the bound is tight here.
  public var description: String
  /// The largest ratio over all updates as far as it is known, in words.
  public var supremum: String
  /// The model's name.
  public var model: String
  /// The bound's result on the example.
  public var result: ClaimResult
  /// |G|/B, 1 at equality; nil where the gap G is 0.
  public var attained: Quantity?
  /// The command that shows the same update.
  public var command: String

  package init(
    name: String, file: String, description: String, supremum: String, model: String,
    result: ClaimResult, command: String
  ) {
    self.name = name
    self.file = file
    self.description = description
    self.supremum = supremum
    self.model = model
    self.result = result
    attained = result.looseness?.reciprocal
    self.command = command
  }

  /// Whether the bound is an equality here, and that is proved.
  public var isEquality: Bool { result.rigorous && attained?.isExactlyOne == true }

  /// The bound's verdict; `violated` too for an example that shows nothing, because the bound does
  /// not apply to it or the gap is 0.
  public var outcome: Verdict {
    switch result.verdict {
    case .notApplicable: .violated
    case .holds where attained == nil: .violated
    case .holds, .violated, .consistent, .undecided: result.verdict
    }
  }
}

extension Attainment {
  private enum Key: String, CodingKey {
    case name, file, description, supremum, model, result, attained, command
  }

  /// Writes null where there is no ratio.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(file, forKey: .file)
    try container.encode(description, forKey: .description)
    try container.encode(supremum, forKey: .supremum)
    try container.encode(model, forKey: .model)
    try container.encode(result, forKey: .result)
    try container.encode(attained, forKey: .attained)
    try container.encode(command, forKey: .command)
  }
}
