import ArgumentParser
import MonotoneArithmetic
import MDPFormats
import MDPVerification
import MonotoneReports

/// `monotone convert`.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert models and policies between file forms.",
    discussion: """
      Converts a model between the sparse form (one entry per transition) and the dense form (arrays). \
      With --mdp, converts a policy, given as a file or a name, to JSON or .npy.

      Examples:
        monotone convert mdps/racing.json --to dense
        monotone convert optimal --mdp mdps/taxi.json --to npy --output optimal.npy
      """)

  /// The forms that files come in.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case sparse, dense, json, npy
  }

  @Argument(help: "A model file; with --mdp, a policy file or name.")
  var input: String

  @Option(help: "Output form: sparse or dense for a model, json or npy for a policy.")
  var to: Form

  @Option(help: "The model of the policy.")
  var mdp: String?

  @Option(help: "Output file. (default: standard output)")
  var output: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    switch (to, mdp) {
    case (.sparse, nil), (.dense, nil), (.json, _?), (.npy, _?): break
    case (.json, nil), (.npy, nil):
      throw ValidationError("--to \(to.rawValue) is for policies; give their model with --mdp")
    case (.sparse, _?), (.dense, _?):
      throw ValidationError("--to \(to.rawValue) is for models, which --mdp does not go with")
    }
  }

  func run() throws {
    let file = try OutputFile(
      output, as: kind,
      inputs: try mdp.map { try [$0] + PolicyExpression(argument: input).files } ?? [input],
      overwrites: overwrites)
    let bytes: [UInt8]
    if let mdp {
      let model = try LoadedModel(mdp, reading.configuration)
      let named = try PolicyResolver(model, monitor: .console).policy(input)
      let policy = named.policy
      reading.configuration.tell(named.normalised, in: input)
      bytes =
        to == .npy
        ? NPYWriter.write(policy)
        : Array(PolicyWriter.write(policy, mdp: model.document.name).utf8)
    } else {
      let document = try InputFile.model(input, reading.configuration)
      reading.configuration.tell(document.normalised, in: input)
      bytes = Array(MDPWriter.write(document, form: to == .dense ? .dense : .sparse).utf8)
    }
    try file.write(bytes)
  }

  private var kind: OutputKind {
    switch to {
    case .sparse, .dense: .model
    case .json: .policy
    case .npy: .array
    }
  }
}
