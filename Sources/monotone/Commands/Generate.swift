import ArgumentParser
import Arithmetic
import MDPFormats
import MDPTesting

/// `monotone generate`.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Generate random models.", subcommands: [GenerateGarnet.self])
}

/// `monotone generate garnet`.
struct GenerateGarnet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "garnet",
    abstract: "Generate a Garnet model (Archibald et al. 1995) with rational probabilities.",
    discussion: """
      Each state and action leads to a fixed number of different random states. The same options \
      give the same file.

      Example: monotone generate garnet --states 10 --actions 3 --branching 2 --seed 7
      """)

  @Option(help: "The number of states.")
  var states: Int

  @Option(help: "The number of actions.")
  var actions: Int

  @Option(help: "The number of next states of each state and action.")
  var branching: Int

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: "The discount: a decimal or a fraction p/q.")
  var discount = ExactNumber(numerator: 95, denominator: 100)

  @Option(help: "How rewards are drawn: state, state-action, transition or sparse.")
  var rewards: GarnetRewards = .stateAction

  @Option(help: "Probabilities and rewards are multiples of 1/resolution.")
  var resolution = 1000

  @Option(help: "The file to write; standard output if it is not given.")
  var output: String?

  @OptionGroup var overwrites: OverwriteOption

  private var model: GarnetConfiguration {
    GarnetConfiguration(
      states: states, actions: actions, branching: branching, seed: seed, discount: discount,
      rewards: rewards, resolution: resolution)
  }

  func validate() throws {
    let faults = model.faults
    guard faults.isEmpty else { throw ValidationError(faults.joined(separator: "; ")) }
  }

  func run() throws {
    let file = try OutputFile(output, as: .model, inputs: [], overwrites: overwrites)
    let text = MDPWriter.write(Garnet.generate(model), form: .sparse)
    try file.write(Array(text.utf8))
  }
}
