import ArgumentParser
import Arithmetic
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
    let resolver = PolicyResolver(model)
    let named = try resolver.evaluate(policy)
    let document = SolutionDocument(
      named.evaluation, policy: named.name,
      reciprocalCondition: try resolver.reciprocalCondition(named.policy),
      normalised: model.document.normalised + named.normalised)
    Console.output(
      output.json
        ? try ResultJSON.text(document) : SolutionText.render(document, stateLimit: states))
  }
}
