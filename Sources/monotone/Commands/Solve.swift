import ArgumentParser
import MonotoneArithmetic
import MDPGuarantees
import MDPSolvers
import MDPVerification
import MonotoneReports

/// `monotone solve`.
struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate a policy: return, values, advantages, visitation.",
    discussion: """
      Computes the return, the state values, the action values, the advantages and the discounted \
      state visitation of a policy, with a bound on their error.

      Example: monotone solve mdps/racing.json --policy 'mix(0.1, uniform, optimal)'
      """)

  @Argument(help: "The model: an MDP file, or - for standard input.")
  var mdp: String

  @Option(help: "The policy: a file, or a name such as uniform, optimal or greedy(uniform).")
  var policy = "uniform"

  @Option(
    help: ArgumentHelp("Number of states to list in tables; 0 lists none.", valueName: "count"))
  var states = 40

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var arithmetic: ArithmeticOption
  @OptionGroup var output: JSONOption

  func validate() throws {
    try OptionRange.require("--states", states, in: 0...1_000_000_000)
  }

  func run() throws {
    let model = try LoadedModel(mdp, reading.configuration)
    try arithmetic.rigour.requireAffordable(model)
    let resolver = PolicyResolver(model, arithmetic.rigour, monitor: .console)
    let named = try resolver.policy(policy)
    try arithmetic.rigour.requireAffordable(
      model, seconds: model.evaluator.exactCost(of: named.policy).seconds, announcing: true)
    var document = try solution(model, named)
    document.remarks = resolver.remarks
    try Console.output(
      output.json
        ? try ResultJSON.text(document) : SolutionText.render(document, stateLimit: states))
  }

  private func solution(_ model: LoadedModel, _ named: NamedPolicy) throws -> SolutionDocument {
    let evaluator = model.evaluator
    do throws(EvaluationFailure) {
      try evaluator.requireEnding(named.policy, named: named.name)
      switch arithmetic.arithmetic {
      case .float64:
        return document(
          try evaluator.evaluate(named.policy), model, named,
          try evaluator.reciprocalCondition(named.policy))
      case .certified: return document(try evaluator.certify(named.policy), model, named, nil)
      case .exact: return document(try evaluator.solveExactly(named.policy), model, named, nil)
      case .auto: return try cheapest(model, named)
      }
    } catch {
      throw CommandFailure(error, file: mdp)
    }
  }

  /// An enclosure, where float64 can give one that is of use or an exact solve would take too long.
  private func cheapest(
    _ model: LoadedModel, _ named: NamedPolicy
  ) throws(EvaluationFailure) -> SolutionDocument {
    let evaluator = model.evaluator
    let configuration = arithmetic.rigour.configuration
    let seconds = evaluator.exactCost(of: named.policy).seconds
    let isAffordable = seconds <= configuration.exactSecondsLimit
    do throws(EvaluationFailure) {
      let enclosure = try evaluator.certify(named.policy)
      let isUseful =
        enclosure.valueAccuracy.isMeaningful && enclosure.visitationAccuracy.isMeaningful
        && enclosure.isReturnSharp
      if isUseful || !isAffordable { return document(enclosure, model, named, nil) }
    } catch {
      guard isAffordable else { throw error }
    }
    if seconds > UpdateVerifier.quietSeconds { configuration.announce(seconds) }
    return document(try evaluator.solveExactly(named.policy), model, named, nil)
  }

  private func document<Number: Scalar>(
    _ evaluation: PolicyEvaluation<Number>, _ model: LoadedModel, _ named: NamedPolicy,
    _ reciprocalCondition: Double?
  ) -> SolutionDocument {
    SolutionDocument(
      evaluation, policy: named.name, reciprocalCondition: reciprocalCondition,
      normalised: model.document.normalised + named.normalised)
  }
}
