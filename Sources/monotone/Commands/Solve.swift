import ArgumentParser
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
  @OptionGroup var timing: TimingOption
  @OptionGroup var output: JSONOption

  func validate() throws {
    try OptionRange.require("--states", states, in: 0...1_000_000_000)
  }

  func run() throws {
    var times = timing.start()
    let model = try LoadedModel(mdp, reading.configuration)
    times.end("reading")
    try arithmetic.rigour.requireAffordable(model)
    let resolver = PolicyResolver(model, arithmetic.rigour, monitor: .console)
    let named = try resolver.policy(policy)
    var document = try SolutionDocument(evaluating: named, of: model, arithmetic.rigour)
    document.remarks = resolver.remarks
    times.end("solving")
    try Console.output(
      output.json
        ? try ResultJSON.text(document) : SolutionText.render(document, stateLimit: states))
    times.end("writing")
  }
}
