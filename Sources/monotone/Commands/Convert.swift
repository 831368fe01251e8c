import ArgumentParser
import MonotoneArithmetic
import MDPCore
import MDPFormats
import MDPVerification
import MonotoneFiles
import MonotoneReports

extension NumberWriting: ExpressibleByArgument {}
extension Compression: ExpressibleByArgument {}

/// `monotone convert`.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert models and policies between file formats.",
    discussion: """
      Converts a model to another format: the project's own, in sparse form (one entry per transition) or \
      dense form (arrays), or one that other programs read. The input's format is told by its name, its \
      content or --format. With --mdp, converts a policy, given as a file or a name, to JSON or .npy. With \
      gym:ID, converts the transition table of a Gymnasium environment, read by the installed Python \
      package monotone.

      Formats that are several files (prism, storm) are written beside each other under the name of \
      --output. How a file of another format was read is recorded in the source of the converted model.

      Examples:
        monotone convert mdps/racing.json --to dense
        monotone convert mdps/racing.json --output racing.drn
        monotone convert mdps/racing.json --shards 4 --output racing.umb
        monotone convert racing.drn --discount 0.9 --output racing.json
        monotone convert gym:FrozenLake-v1 --discount 0.99 --output frozen-lake.json
        monotone convert optimal --mdp mdps/taxi.json --to npy --output optimal.npy
      """)

  /// A form of output.
  enum Form {
    case model(MDPWriter.Form)
    case format(any WritableModelFormat)
    case policyJSON, policyArray

    /// The form of a word; nil where there is none.
    init?(_ word: String) {
      switch word {
      case "sparse": self = .model(.sparse)
      case "dense": self = .model(.dense)
      case "json": self = .policyJSON
      case "npy": self = .policyArray
      default:
        guard let format = ModelFormats.named(word) as? any WritableModelFormat else { return nil }
        self = .format(format)
      }
    }

    static let words = ["sparse", "dense", "json", "npy"] + ModelFormats.writableNames
  }

  @Argument(help: "A model file, or gym:ID; with --mdp, a policy file or name.")
  var input: String

  @Option(
    help: ArgumentHelp(
      "Output form: sparse, dense, \(ModelFormats.writableNames.joined(separator: ", ")) for a model; json "
        + "or npy for a policy. (default: by the name of --output, else sparse or json)",
      valueName: "form"))
  var to: String?

  @Option(help: "The model of the policy.")
  var mdp: String?

  @Option(
    help: """
      Numbers of formats other than the own: exact, which refuses what the format cannot hold, or \
      rounded to float64.
      """)
  var numbers: NumberWriting = .exact

  @Option(help: "Compression of umb: none, gz or xz. (default: by the name of --output)")
  var compression: Compression?

  @Option(
    help: """
      Spread an uncompressed umb over this many files, MODEL-1-of-K.umb and so on, for solve and improve \
      --distributed.
      """)
  var shards: Int?

  @Option(help: "Python interpreter that has the package monotone. (default: python3)")
  var python: String?

  @Option(help: "Output file. (default: standard output)")
  var output: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    if isGymnasium {
      guard reading.formats.discount != nil else {
        throw ValidationError("\(input) needs --discount: an environment has none")
      }
      let options: KeyValuePairs = [
        "--format": reading.formats.format, "--terminal": reading.formats.terminal?.rawValue,
        "--reward": reading.formats.reward,
      ]
      if let option = options.first(where: { $0.value != nil }) {
        throw ValidationError("\(option.key) is for files; \(input) is read by Gymnasium itself")
      }
    } else if python != nil {
      throw ValidationError(
        "--python is for Gymnasium environments, such as gym:FrozenLake-v1")
    }
    if let to, Form(to) == nil {
      throw ValidationError(
        "--to \(to) is no form of output; expected one of \(Form.words.joined(separator: ", "))"
          + NearestName.hint(to, among: Form.words))
    }
    if compression != nil {
      guard case .format(let format) = form, format.name == "umb" else {
        throw ValidationError("--compression is for --to umb")
      }
    }
    if let shards {
      try OptionRange.require("--shards", shards, in: 1...100_000)
      guard case .format(let format) = form, format.name == "umb", let output,
        (compression ?? Compression.ofName(output)) == Compression.none
      else {
        throw ValidationError("--shards is for an uncompressed umb that --output names")
      }
    }
    switch (form, mdp) {
    case (.model, nil), (.format, nil), (.policyJSON, _?), (.policyArray, _?): break
    case (.policyJSON, nil), (.policyArray, nil):
      throw ValidationError("--to \(to ?? "json") is for policies; give their model with --mdp")
    case (.model, _?), (.format, _?):
      throw ValidationError(
        "--to \(to ?? "sparse") is for models, which --mdp does not go with")
    }
  }

  private var isGymnasium: Bool { mdp == nil && input.hasPrefix(GymnasiumModel.prefix) }

  private var form: Form {
    if let form = to.flatMap(Form.init) { return form }
    guard mdp == nil else { return .policyJSON }
    if let format = output.flatMap(ModelFormats.ofFile) as? any WritableModelFormat {
      return .format(format)
    }
    return .model(.sparse)
  }

  func run() throws {
    if let mdp { try convertPolicy(of: mdp) } else { try convertModel() }
  }

  private func convertPolicy(of mdp: String) throws {
    var isArray = false
    if case .policyArray = form { isArray = true }
    let file = try OutputFile(
      output, as: isArray ? .array : .policy,
      inputs: [mdp] + PolicyExpression(argument: input).files, overwrites: overwrites)
    let model = try LoadedModel(mdp, reading.configuration)
    let named = try PolicyResolver(model, monitor: .console).policy(input)
    reading.configuration.tell(named.normalised, in: input)
    try file.write(
      isArray
        ? NPYWriter.write(named.policy)
        : Array(PolicyWriter.write(named.policy, mdp: model.document.name).utf8))
  }

  private func convertModel() throws {
    let inputs = isGymnasium ? [] : [input]
    switch form {
    case .format(let format) where shards != nil:
      try convertToShards(format)
    case .format(let format):
      let files = try OutputModel(
        output, format, inputs: inputs, overwrites: overwrites)
      let document = try document()
      try files.write(
        held(by: format) { writing throws(ModelNotHeld) in try format.write(document, writing) })
    case .model(let form):
      let file = try OutputFile(output, as: .model, inputs: inputs, overwrites: overwrites)
      try file.write(Array(MDPWriter.write(try document(), form: form).utf8))
    case .policyJSON, .policyArray: break
    }
  }

  private func convertToShards(_ format: any WritableModelFormat) throws {
    guard let shards, let output else { return }
    let inputs = isGymnasium ? [] : [input]
    let files = try (1...shards).map { number in
      try OutputModel(
        ModelShards.path(of: output, number: number, count: shards), format, inputs: inputs,
        overwrites: overwrites)
    }
    let document = try document()
    let contents = try held(by: format) { writing throws(ModelNotHeld) in
      try ModelShards.write(document, count: shards, writing)
    }
    for (file, content) in zip(files, contents) { try file.write([content]) }
  }

  /// The files that a format makes of a model, if it can hold it.
  private func held(
    by format: any WritableModelFormat,
    _ write: (ModelWriting) throws(ModelNotHeld) -> [ModelFile]
  ) throws -> [ModelFile] {
    var writing = ModelWriting()
    writing.numbers = numbers
    writing.compression = compression ?? .ofName(output ?? "")
    do throws(ModelNotHeld) { return try write(writing) } catch {
      throw CommandFailure(
        "\(input): cannot be written as \(format.name): \(error.message)", .badData)
    }
  }

  /// The model to convert, with a record of how it was read.
  private func document() throws -> MDPDocument {
    var document = try read()
    reading.configuration.tell(document.normalised, in: input)
    if let reading = document.reading {
      Console.note("\(input): \(reading)")
      let origin = "\(input.fileName), \(reading)"
      document.source = document.source.map { "\($0); \(origin)" } ?? origin
    }
    return document
  }

  private func read() throws -> MDPDocument {
    let options = reading.formats
    guard isGymnasium, let discount = options.discount else {
      return try InputFile.model(input, reading.configuration)
    }
    let model = GymnasiumModel(
      id: String(input.dropFirst(GymnasiumModel.prefix.count)), discount: "\(discount)",
      decimals: (options.decimals ?? .shortest).rawValue, python: python ?? "python3")
    let input = try model.input()
    do throws(InvalidInput) {
      return try MDPReader.read(input, configuration: reading.configuration)
    } catch {
      throw RunFailure(error)
    }
  }
}
