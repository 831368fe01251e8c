public import MonotoneFiles
package import MDPCore
internal import MDPFormats
public import NeuralTRPO

/// The training configuration that somebody asks for.
///
/// Choices override the file, which overrides the model's γ, which overrides the preset.
public struct TrainingSettings: Sendable {
  /// The configuration.
  public private(set) var configuration: TrainingConfiguration
  /// Where each hyper-parameter that somebody chose was chosen, by its name.
  public private(set) var sources: [String: String] = [:]
  /// The environment of the run that left the file, where one did.
  package private(set) var record = EnvironmentRecord()

  /// Gathers the settings.
  ///
  ///     try TrainingSettings(preset: .cartPole, ["steps": "50000", "hidden": "32,32"])
  ///
  /// - Parameters:
  ///   - preset: A named configuration that everything else overrides.
  ///   - file: A JSON file of hyper-parameters.
  ///   - values: Hyper-parameters by the names of ``TrainingConfiguration``, as on the command line.
  ///   - world: What is trained on: the γ of a finite MDP is the default discount, and a preset may
  ///     have sizes of its own for a robot.
  /// - Throws: ``MonotoneFiles/RunFailure``.
  public init(
    preset: TrainingPreset? = nil, file: String? = nil, _ values: [String: String] = [:],
    world: TrainingWorld? = nil
  ) throws(RunFailure) {
    try self.init(
      preset: preset, file: file,
      choices: values.sorted { $0.key < $1.key }.map {
        SettingChoice(name: $0.key, text: $0.value)
      },
      world: world)
  }

  /// Gathers the settings.
  ///
  /// - Parameters:
  ///   - preset: A configuration with a name, under everything else.
  ///   - file: A JSON file of hyper-parameters.
  ///   - choices: Hyper-parameters by name, with values as they are written on the command line.
  ///   - world: What is trained on.
  /// - Throws: ``MonotoneFiles/RunFailure``.
  package init(
    preset: TrainingPreset? = nil, file: String? = nil, choices: [SettingChoice],
    world: TrainingWorld? = nil
  ) throws(RunFailure) {
    let model = world?.model
    configuration = preset?.configuration(in: world) ?? TrainingConfiguration()
    let usual = TrainingConfiguration()
    if let preset {
      for one in Hyperparameter.all where one.read(configuration) != one.read(usual) {
        sources[one.name] = "--preset \(preset.rawValue)"
      }
    }
    if model != nil { sources["discount"] = nil }
    if let file { try apply(file) }
    for choice in choices { try apply(choice) }
    if let model, !chooses("discount") { try adoptDiscount(of: model) }
  }

  /// Whether somebody chose a hyper-parameter.
  public func chooses(_ name: String) -> Bool { sources[name] != nil }

  /// Takes a model's γ.
  mutating func adoptDiscount(of model: MDPDocument) throws(RunFailure) {
    try Self.adoptDiscount(of: model, into: &configuration)
  }

  /// Takes a model's γ into a configuration.
  package static func adoptDiscount(
    of model: MDPDocument, into configuration: inout TrainingConfiguration
  ) throws(RunFailure) {
    guard let discount = Hyperparameter.named("discount") else { return }
    let value = model.discount.approximation
    do throws(Hyperparameter.Fault) {
      try discount.write(.number(value), into: &configuration)
    } catch {
      throw RunFailure(
        "\(model.name): the model's discount is \(value) in float64; expected "
          + "\(discount.expected); choose another with --discount", .badData)
    }
  }

  /// Refuses choices that differ from those of a resumed run; the number of steps may change.
  ///
  /// - Parameter place: The run's folder, for the message.
  func requireSame(as recorded: TrainingConfiguration, in place: String) throws(RunFailure) {
    let faults = Hyperparameter.all.compactMap { one -> String? in
      guard one.name != "steps", let source = sources[one.name] else { return nil }
      let (old, new) = (one.read(recorded), one.read(configuration))
      return old == new ? nil : "\(one.name): the run has \(old), \(source) gives \(new)"
    }
    guard faults.isEmpty else {
      throw RunFailure(
        "\(place): --resume continues a run with its own settings\n  "
          + faults.joined(separator: "\n  ")
          + "\n  leave these out, or begin a new run in another --output", .usage)
    }
  }

  private mutating func apply(_ file: String) throws(RunFailure) {
    let input = try InputFile.bytes(file)
    var (read, record) = (configuration, EnvironmentRecord())
    do throws(InvalidInput) {
      let settings = try SettingsReader.read(
        input, names: Hyperparameter.all.map(\.name) + EnvironmentRecord.names
      ) { name, value in
        guard let hyperparameter = Hyperparameter.named(name) else {
          return record.take(name, value)
        }
        do throws(Hyperparameter.Fault) {
          try hyperparameter.write(.init(value), into: &read)
          return nil
        } catch {
          return error.description
        }
      }
      for setting in settings where Hyperparameter.named(setting.name) != nil {
        sources[setting.name] = "--config \(file)"
      }
    } catch {
      throw RunFailure(error)
    }
    (configuration, self.record) = (read, record)
  }

  private mutating func apply(_ choice: SettingChoice) throws(RunFailure) {
    let name = choice.name
    guard let hyperparameter = Hyperparameter.named(name) else {
      let known = Hyperparameter.all.map(\.name)
      throw RunFailure(
        "unknown hyper-parameter \"\(name)\"" + NearestName.hint(name, among: known), .usage)
    }
    for reading in choice.readings {
      do throws(Hyperparameter.Fault) {
        try hyperparameter.write(reading, into: &configuration)
        sources[name] = "--\(hyperparameter.option)"
        return
      } catch {
        continue
      }
    }
    throw RunFailure(
      "--\(hyperparameter.option): found \"\(choice.text)\"; expected \(hyperparameter.expected)"
        + NearestName.hint(choice.text, among: hyperparameter.words), .usage)
  }
}

extension Hyperparameter.Value {
  init(_ setting: SettingValue) {
    self =
      switch setting {
      case .number(let number): .number(number)
      case .text(let text): .text(text)
      case .flag(let flag): .flag(flag)
      case .numbers(let numbers): .numbers(numbers)
      case .null: .null
      }
  }
}
