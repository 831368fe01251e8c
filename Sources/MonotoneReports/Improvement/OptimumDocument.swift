public import MDPGuarantees
public import MDPCore
public import MDPSolvers
public import MDPVerification
internal import MonotoneArithmetic
public import MonotoneFiles

/// The result of `improve --until-gap` without a rule: a policy that is proved to be near an optimal one.
///
/// As JSON (schema `monotone/optimum/v1`) and for the terminal (``OptimumText``).
public struct OptimumDocument: Sendable {
  /// The schema name that documents carry.
  public static let schema = "monotone/optimum/v1"

  /// Name, sizes and discount.
  public var model: ModelSummary
  /// ε, the gap that was asked for.
  public var requestedGap: Double
  /// The policy, and what is proved of it.
  public var optimum: EpsilonOptimalPolicy
  /// Whether the run was interrupted before the gap was proved.
  public var interrupted: Bool
  /// The policy by pairs.
  public var policy: ExactPolicy
  /// The JSON paths of rows of the model that were divided by their sum.
  public var normalised: [String]

  /// Improves a policy of a model until its values are proved to be within a gap of the optimal ones.
  ///
  /// - Parameter threads: How many threads share the work; the result is the same for any number.
  /// - Throws: ``MonotoneFiles/RunFailure`` where the model does not discount, or its numbers leave the range of
  ///   float64.
  public init(
    optimising model: LoadedModel, within gap: Double, threads: Int = 1,
    monitor: RunMonitor = .init()
  ) throws(RunFailure) {
    let document = model.document
    guard !document.isUndiscounted else {
      throw RunFailure(
        "\(model.file): without a rule, the gap is proved by the horizon 1/(1−γ), which discount 1 does not have; "
          + "use --rule policy-iteration, or choose a discount below 1", .badData)
    }
    defer { monitor.endProgress() }
    do throws(EvaluationFailure) {
      optimum = try EpsilonOptimalPolicy(document, within: gap, threads: threads) { progress in
        monitor.progress(
          "round \(progress.rounds): gap \(NumberFormat.bound(progress.gap, .up, digits: 2))")
        return !monitor.isStopped()
      }
    } catch {
      throw RunFailure(error, file: model.file)
    }
    self.model = ModelSummary(document)
    self.model.reading = document.reading
    requestedGap = gap
    policy = optimum.policy(document.space)
    interrupted = monitor.isStopped() && !(optimum.gap <= gap)
    normalised = document.normalised
  }

  /// Whether the gap that was asked for is proved.
  public var isReached: Bool { optimum.gap <= requestedGap }
}
