import ArgumentParser
import Reports

/// `monotone check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check every guarantee on one policy update.",
    discussion: """
      Evaluates both policies, computes the surrogate, the divergences and every bound, and says \
      of each claim whether it holds, by which margin, and where it is tightest.

      Example: monotone check mdps/racing.json --current uniform --candidate 'greedy(uniform)'

      Exit status: 0 every applicable claim holds; 2 a claim is violated; 3 some claim is \
      undecided.
      """)

  @Argument(help: "The model: an MDP file, or - for standard input.")
  var mdp: String

  @Option(help: "The policy before the update: a file or a name.")
  var current: String

  @Option(help: "The policy after the update: a file or a name.")
  var candidate: String

  @OptionGroup var arithmetic: ArithmeticOption
  @OptionGroup var output: JSONOption

  func run() throws {
    let model = try ModelLoader.load(mdp)
    try arithmetic.requireAffordable(model)
    let check = try ModelVerifier(model, arithmetic).check(current: current, candidate: candidate)
    Console.output(
      output.json ? try ResultJSON.text(CheckDocument(check)) : CheckText.render(check))
    try ExitStatus(check.worst).leave()
  }
}
