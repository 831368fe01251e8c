/// A sampled number against its two twins, its error split into noise and bias.
public struct ErrorSplit: Sendable, Equatable {
  /// The estimate of the batch.
  public var sampled: Double
  /// The exact expectation of its estimator.
  public var practice: Double
  /// The exact value of the theory.
  public var theory: Double
  /// The standard error of the sampled number; nil where the batch has too few trajectories to tell.
  public var standardError: Double?

  package init(sampled: Double, practice: Double, theory: Double, standardError: Double?) {
    self.sampled = sampled
    self.practice = practice
    self.theory = theory
    self.standardError = standardError
  }

  /// sampled − practice.
  public var noise: Double { sampled - practice }
  /// practice − theory.
  public var bias: Double { practice - theory }

  /// The values multiplied by a factor, as in another unit.
  func times(_ factor: Double) -> ErrorSplit {
    ErrorSplit(
      sampled: sampled * factor, practice: practice * factor, theory: theory * factor,
      standardError: standardError.map { $0 * factor })
  }
}

extension ErrorSplit: Codable {
  private enum CodingKeys: String, CodingKey {
    case sampled, practice, theory, noise, bias, standardError
  }

  /// Noise and bias are written for readers; they follow from the others.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sampled, forKey: .sampled)
    try container.encode(practice, forKey: .practice)
    try container.encode(theory, forKey: .theory)
    try container.encode(noise, forKey: .noise)
    try container.encode(bias, forKey: .bias)
    try container.encodeIfPresent(standardError, forKey: .standardError)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    sampled = try container.decode(Double.self, forKey: .sampled)
    practice = try container.decode(Double.self, forKey: .practice)
    theory = try container.decode(Double.self, forKey: .theory)
    standardError = try container.decodeIfPresent(Double.self, forKey: .standardError)
  }
}

/// The gradient's error split into noise and bias, by lengths over ‖g_theory‖.
public struct GradientSplit: Sendable, Equatable, Codable {
  /// ‖ĝ − g_practice‖ / ‖g_theory‖.
  public var noise: Double
  /// √tr Cov ĝ / ‖g_theory‖, the root mean square that the noise should have, estimated from the batch; nil
  /// where it has too few trajectories to tell.
  public var expectedNoise: Double?
  /// ‖g_practice − g_theory‖ / ‖g_theory‖.
  public var bias: Double
}
