import ArgumentParser
import MonotoneArithmetic
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
      From each state, each action leads to a fixed number of distinct random states. The options \
      determine the file.

      Example: monotone generate garnet --states 10 --actions 3 --branching 2 --seed 7
      """)

  @Option(help: "Number of states.")
  var states: Int

  @Option(help: "Number of actions.")
  var actions: Int

  @Option(help: "Number of next states per state and action.")
  var branching: Int

  @Option(help: "Random seed.")
  var seed: UInt64 = 1

  @Option(help: "Discount: a decimal or a fraction p/q.")
  var discount = ExactNumber(numerator: 95, denominator: 100)

  @Option(help: "What rewards depend on; sparse rewards are mostly 0.")
  var rewards: GarnetRewards = .stateAction

  @Option(help: "Probabilities and rewards are multiples of 1/resolution.")
  var resolution = 1000

  @Option(help: "Output file. (default: standard output)")
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
