import MDPCore
import MDPFormats
import NeuralTRPO

/// Where a training configuration comes from: a preset, then a file, then options, each over the one
/// before.
enum TrainingSettings {
  /// The configuration that a command line asks for.
  static func configuration(
    preset: TrainingPreset?, file: String?, options: TrainingOptions
  ) throws -> TrainingConfiguration {
    var configuration = preset?.configuration ?? TrainingConfiguration()
    if let file { try apply(file, to: &configuration) }
    for (name, argument) in options.given {
      try apply(argument, as: name, to: &configuration)
    }
    return configuration
  }

  private static func apply(_ file: String, to configuration: inout TrainingConfiguration) throws {
    let input = try ModelLoader.readBytes(file)
    var read = configuration
    do throws(InvalidInput) {
      _ = try SettingsReader.read(input, names: Hyperparameter.all.map(\.name)) { name, value in
        guard let hyperparameter = Hyperparameter.named(name) else { return "unknown" }
        do throws(Hyperparameter.Fault) {
          try hyperparameter.write(.init(value), into: &read)
          return nil
        } catch {
          return error.description
        }
      }
    } catch {
      throw CommandFailure(error)
    }
    configuration = read
  }

  private static func apply(
    _ argument: SettingArgument, as name: String, to configuration: inout TrainingConfiguration
  ) throws {
    guard let hyperparameter = Hyperparameter.named(name) else { return }
    for reading in argument.readings {
      do throws(Hyperparameter.Fault) {
        try hyperparameter.write(reading, into: &configuration)
        return
      } catch {
        continue
      }
    }
    throw CommandFailure(
      "--\(name.kebab): found \"\(argument.text)\"; expected \(hyperparameter.expected)"
        + NearestName.hint(argument.text, among: hyperparameter.words), .usage)
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

extension String {
  /// A name as options spell it: `stopReturn` is `stop-return`.
  var kebab: String {
    reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
  }
}
