internal import MonotoneArithmetic
internal import MonotoneFiles
internal import MDPTesting
internal import MDPVerification

/// The result of a search for a counterexample: schema `monotone/falsification/v1`.
public struct FalsificationResult: Encodable, Sendable {
  /// The version of the format.
  public var schema = "monotone/falsification/v1"
  /// The text of the claim.
  public var claim: String
  /// The values of the claim's parameters, by name, as they were given.
  public var parameters: [String: String]
  /// The number of updates that were evaluated.
  public var evaluations: Int
  /// The highest score.
  public var score: Double?
  /// The parameter that the score is a value of.
  public var scored: String?
  /// The smallest value of the minimised parameter that survived.
  public var surviving: String?
  /// A value below it that the counterexample refutes.
  public var refuted: String?
  /// The counterexample, shrunk; nil if none was found.
  public var counterexample: Refutation?
  /// The counterexample in words.
  package private(set) var description: String?

  /// A counterexample, and where it is kept.
  public struct Refutation: Encodable, Sendable {
    /// The stem of its files.
    public var files: String
    /// The command that shows the violation again.
    public var command: String
    /// |S| of its model.
    public var states: Int
    /// |A| of its model.
    public var actions: Int
    /// The number of simpler inputs that were tried.
    public var attempts: Int
    /// The number of those that still broke the claim and were taken.
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
