public import MonotoneArithmetic
public import MDPGuarantees
internal import MDPCore

/// The effect of one update of somebody's training, with proofs: a row of the ledger.
public struct UpdateAudit: Sendable, Equatable, Codable {
  /// The number of the update, from 1.
  public var index: Int
  /// The policy before.
  public var current: String
  /// The policy after.
  public var candidate: String
  /// η(π).
  public var returnCurrent: Quantity
  /// η(π̃).
  public var returnCandidate: Quantity
  /// η(π̃) − η(π).
  public var gain: Quantity
  /// 𝔸 = L_π(π̃) − η(π), what the exact surrogate promises.
  public var surrogateGain: Quantity
  /// E_{d_π} KL(π‖π̃), where time after an episode's end counts with 0.
  public var meanKL: Quantity
  /// The mean KL over live states, given that the episode goes on: what samplers average.
  public var liveMeanKL: Quantity
  /// max_s KL(π‖π̃).
  public var maxKL: Quantity
  /// The state where that is.
  public var maxKLState: String?
  /// The divergence that the training program itself reports; nil if it reports none that is finite.
  public var loggedKL: Double?
  /// The reported number where it cannot be a KL divergence: negative, infinite, or not a number.
  public var loggedKLFlag: LoggedFlag?
  /// Whether η(π̃) ≥ η(π).
  public var improved: Verdict
  /// Whether some a-priori bound promised so.
  public var guaranteed: Verdict
  /// Whether the mean KL of live states is at most δ; nil without a δ.
  public var meanWithin: Verdict?
  /// Whether the max KL is at most δ; nil without a δ.
  public var maxWithin: Verdict?
  /// The tightest bounds on the candidate's return.
  public var tightest: TightestBounds
  /// How many claims hold.
  public var holds: Int
  /// Claims that are violated.
  public var violated: [String]
  /// Claims that were left open.
  public var undecided: [String]
  /// Why they were; nil where none is, or nothing more is known than that balls are too wide.
  public var undecidedReason: String?

  /// The paths of the rows, of the model and of both policies, that were divided by their sums; nil if
  /// there are none.
  public var normalised: [String]?

  /// The estimates of the samples that the update was made from; nil if they were not given.
  public var batch: BatchAudit?

  /// How the update is marked: as good as it was proved to be.
  public var mark = UpdateMark.undecided

  /// An exact mean KL that many times the logged one is more than the noise of a sample.
  public static let understatement = 1.5

  /// Whether the program logged much less than the exact mean KL. A negative number understates any.
  public var isUnderstated: Bool {
    guard let loggedKL else { return false }
    return liveMeanKL.approximation > Self.understatement * Swift.max(loggedKL, 0)
  }

  /// A report that cannot be a KL divergence.
  public struct LoggedFlag: Sendable, Equatable, Codable {
    /// The number as it was written.
    public var text: String
    /// Why it cannot be one.
    public var reason: String
  }

  /// Takes down what the program reports.
  mutating func log(_ divergence: LoggedDivergence) {
    loggedKL = divergence.number.isFinite ? divergence.number : nil
    loggedKLFlag = divergence.flaw.map { LoggedFlag(text: divergence.text, reason: $0) }
  }

  /// The worst verdict among the claims.
  public var worst: Verdict {
    !violated.isEmpty ? .violated : !undecided.isEmpty ? .undecided : .holds
  }
}
