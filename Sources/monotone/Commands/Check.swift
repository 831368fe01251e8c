import ArgumentParser
import Guarantees
import Reports

/// `monotone check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check every guarantee on one policy update.",
    discussion: """
      Evaluates both policies, computes the surrogate, the divergences and every bound, and says \
      of each claim whether it holds, by which margin, and where it is tightest.

      Example: monotone check mdps/racing.json --current uniform --candidate 'greedy(uniform)'

      With --certificate, both policies are also solved exactly, and every number that a verdict \
      rests on is written as rationals, for Tools/check_certificate.py to derive anew. That \
      program reads policies from JSON files; 'monotone convert' writes a named policy or a .npy \
      array to one.

      Exit status: 0 every applicable claim holds; 2 a claim is violated; 3 some claim is \
      undecided.
      """)

  @Argument(help: "The model: an MDP file, or - for standard input.")
  var mdp: String

  @Option(help: "The policy before the update: a file or a name.")
  var current: String

  @Option(help: "The policy after the update: a file or a name.")
  var candidate: String

  @Option(help: "Write a certificate, a proof in numbers, to this file.")
  var certificate: String?

  @OptionGroup var arithmetic: ArithmeticOption
  @OptionGroup var output: JSONOption

  func run() throws {
    let model = try ModelLoader.load(mdp)
    try arithmetic.rigour.requireAffordable(model, exactly: certificate != nil)
    let verifier = ModelVerifier(model, arithmetic.rigour)
    let check = try verifier.check(current: current, candidate: candidate)
    if let certificate {
      let proof = try verifier.certificate(current: current, candidate: candidate)
      try OutputFile.write(Array(try ResultJSON.encode(proof)), to: certificate)
    }
    Console.output(
      output.json ? try ResultJSON.text(CheckDocument(check)) : CheckText.render(check))
    try ExitStatus(check.worst).leave()
  }
}
