import ArgumentParser
import MonotoneArithmetic
import MDPCore
import MDPFormats
import MDPVerification
import MonotoneFiles
import MonotoneReports

/// `monotone convert`.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert models and policies between file forms.",
    discussion: """
      Converts a model between the sparse form (one entry per transition) and the dense form (arrays). \
      With --mdp, converts a policy, given as a file or a name, to JSON or .npy. With gym:ID, converts the \
      transition table of a Gymnasium environment, read by the installed Python package monotone.

      Examples:
        monotone convert mdps/racing.json --to dense
        monotone convert gym:FrozenLake-v1 --discount 0.99 --output frozen-lake.json
        monotone convert optimal --mdp mdps/taxi.json --to npy --output optimal.npy
      """)

  /// The forms that files come in.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case sparse, dense, json, npy
  }

  /// How float64 numbers become rational.
  enum Decimals: String, CaseIterable, ExpressibleByArgument {
    case shortest, exact, simplest
  }

  @Argument(help: "A model file, or gym:ID; with --mdp, a policy file or name.")
  var input: String

  @Option(
    help: ArgumentHelp(
      "Output form: sparse or dense for a model, json or npy for a policy. (default: sparse, json)",
      valueName: "form"))
  var to: Form?

  @Option(help: "The model of the policy.")
  var mdp: String?

  @Option(help: "Discount of a Gymnasium environment, such as 0.99 or 9/10.")
  var discount: String?

  @Option(
    help: """
      Probabilities and rewards of a Gymnasium environment as the shortest decimals, as exact binary \
      fractions, or as the simplest fractions. (default: shortest)
      """)
  var decimals: Decimals?

  @Option(help: "Python interpreter that has the package monotone. (default: python3)")
  var python: String?

  @Option(help: "Output file. (default: standard output)")
  var output: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    let options: KeyValuePairs = [
      "--discount": discount, "--decimals": decimals?.rawValue, "--python": python,
    ]
    if isGymnasium {
      guard discount != nil else {
        throw ValidationError("\(input) needs --discount: an environment has none")
      }
    } else if let option = options.first(where: { $0.value != nil }) {
      throw ValidationError(
        "\(option.key) is for Gymnasium environments, such as gym:FrozenLake-v1")
    }
    switch (form, mdp) {
    case (.sparse, nil), (.dense, nil), (.json, _?), (.npy, _?): break
    case (.json, nil), (.npy, nil):
      throw ValidationError("--to \(form.rawValue) is for policies; give their model with --mdp")
    case (.sparse, _?), (.dense, _?):
      throw ValidationError("--to \(form.rawValue) is for models, which --mdp does not go with")
    }
  }

  private var isGymnasium: Bool { mdp == nil && input.hasPrefix(GymnasiumModel.prefix) }

  private var form: Form { to ?? (mdp == nil ? .sparse : .json) }

  func run() throws {
    let file = try OutputFile(
      output, as: kind,
      inputs: try mdp.map { try [$0] + PolicyExpression(argument: input).files }
        ?? (isGymnasium ? [] : [input]),
      overwrites: overwrites)
    let bytes: [UInt8]
    if let mdp {
      let model = try LoadedModel(mdp, reading.configuration)
      let named = try PolicyResolver(model, monitor: .console).policy(input)
      let policy = named.policy
      reading.configuration.tell(named.normalised, in: input)
      bytes =
        form == .npy
        ? NPYWriter.write(policy)
        : Array(PolicyWriter.write(policy, mdp: model.document.name).utf8)
    } else {
      let document = try document()
      reading.configuration.tell(document.normalised, in: input)
      bytes = Array(MDPWriter.write(document, form: form == .dense ? .dense : .sparse).utf8)
    }
    try file.write(bytes)
  }

  /// The model to convert.
  private func document() throws -> MDPDocument {
    guard isGymnasium, let discount else {
      return try InputFile.model(input, reading.configuration)
    }
    let model = GymnasiumModel(
      id: String(input.dropFirst(GymnasiumModel.prefix.count)), discount: discount,
      decimals: (decimals ?? .shortest).rawValue, python: python ?? "python3")
    let input = try model.input()
    do throws(InvalidInput) {
      return try MDPReader.read(input, configuration: reading.configuration)
    } catch {
      throw RunFailure(error)
    }
  }

  private var kind: OutputKind {
    switch form {
    case .sparse, .dense: .model
    case .json: .policy
    case .npy: .array
    }
  }
}
