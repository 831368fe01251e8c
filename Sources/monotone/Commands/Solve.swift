import ArgumentParser
import Arithmetic
import Guarantees
import MDPSolvers
import Reports

/// `monotone solve`.
struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate a policy exactly: return, values, advantages, visitation.",
    discussion: """
      Solves the linear systems of the policy's values and discounted state visitations, and \
      reports how accurate the solution is.

      Example: monotone solve mdps/racing.json --policy 'mix(0.1, uniform, optimal)'
      """)

  @Argument(help: "The model: an MDP file, or - for standard input.")
  var mdp: String

  @Option(help: "The policy: a file or a name such as uniform, optimal, greedy(uniform).")
  var policy = "uniform"

  @Option(help: ArgumentHelp("How many states to list in tables.", valueName: "count"))
  var states = 40

  @OptionGroup var arithmetic: ArithmeticOption
  @OptionGroup var output: JSONOption

  func run() throws {
    let model = try ModelLoader.load(mdp)
    try arithmetic.rigour.requireAffordable(model)
    let named = try PolicyResolver(model).policy(policy)
    let document = try solution(model, named)
    Console.output(
      output.json
        ? try ResultJSON.text(document) : SolutionText.render(document, stateLimit: states))
  }

  private func solution(_ model: LoadedModel, _ named: NamedPolicy) throws -> SolutionDocument {
    let evaluator = model.evaluator
    do throws(EvaluationFailure) {
      switch arithmetic.arithmetic {
      case .float64:
        return document(
          try evaluator.evaluate(named.policy), model, named,
          try evaluator.reciprocalCondition(named.policy))
      // An evaluation is an enclosure; there is nothing to decide that would need more.
      case .certified, .auto:
        return document(try evaluator.certify(named.policy), model, named, nil)
      case .exact: return document(try evaluator.solveExactly(named.policy), model, named, nil)
      }
    } catch {
      throw CommandFailure(error, file: mdp)
    }
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
