internal import MonotoneArithmetic
internal import MonotoneFiles
internal import MDPTesting
internal import MDPVerification

/// The result of a search for a counterexample: schema `monotone/falsification/v1`.
public struct FalsificationResult: Encodable, Sendable {
  public var schema = "monotone/falsification/v1"
  public var claim: String
  public var parameters: [String: String]
  public var evaluations: Int
  /// The highest score.
  public var score: Double?
  /// The parameter that the score is a value of.
  public var scored: String?
  /// The smallest value of the minimised parameter that survived.
  public var surviving: String?
  /// A value below it that the counterexample refutes.
  public var refuted: String?
  public var counterexample: Refutation?
  /// The counterexample in words.
  package private(set) var description: String?

  /// A counterexample, and where it is kept.
  public struct Refutation: Encodable, Sendable {
    public var files: String
    public var command: String
    public var states: Int
    public var actions: Int
    public var attempts: Int
    public var simplifications: Int
  }

  private enum CodingKeys: String, CodingKey {
    case schema, claim, parameters, evaluations, score, scored, surviving, refuted, counterexample
  }

  init(
    claim: String, parameters: [String: String], evaluations: Int, score: Double?, scored: String?
  ) {
    self.claim = claim
    self.parameters = parameters
    self.evaluations = evaluations
    self.score = score
    self.scored = scored
  }

  /// Keeps a counterexample, which breaks the claim with these values of its parameters.
  mutating func keep(
    _ shrunk: ShrunkInput, breaking parameters: [String: ExactNumber], in folder: String
  ) throws(RunFailure) {
    let stem: String
    do throws(UnwritableOutput) {
      stem = try shrunk.input.write(into: folder, property: "falsified")
    } catch {
      throw RunFailure(error)
    }
    description = "\(shrunk.input)"
    counterexample = Refutation(
      files: stem,
      command: CheckCommand(stem: stem, subject: .claim(claim, parameters: parameters)).line,
      states: shrunk.input.mdp.space.stateCount, actions: shrunk.input.mdp.space.actions.count,
      attempts: shrunk.attempts, simplifications: shrunk.simplifications)
  }
}
