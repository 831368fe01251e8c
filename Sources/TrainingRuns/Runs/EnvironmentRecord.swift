internal import MonotoneFiles
internal import MDPFormats
package import Simulators

/// The record of a run's environment, beside the hyper-parameters: facts that its trajectories depend on.
package struct EnvironmentRecord: Sendable, Equatable {
  /// The simulator with its version; nil where nothing is simulated.
  package var simulator: String?
  /// How the environment is made; nil where it is none of Gymnasium.
  package var gymnasium: GymnasiumOptions?

  package init(simulator: String? = nil, gymnasium: GymnasiumOptions? = nil) {
    self.simulator = simulator
    self.gymnasium = gymnasium
  }

  /// The keys in `config.json`.
  private enum Key: String, CaseIterable {
    case simulator, gymMake, gymImport, python, gymTimeout
  }

  /// The names of the keys.
  static let names = Key.allCases.map(\.rawValue)

  /// The lines in `config.json`.
  var lines: [String] {
    func line(_ key: Key, _ value: String) -> String { "  \"\(key.rawValue)\": \(value)" }
    var lines = simulator.map { [line(.simulator, JSONText.quoted($0))] } ?? []
    guard let gymnasium else { return lines }
    lines += [
      line(.gymMake, JSONText.quoted(gymnasium.makeArguments)),
      line(.gymImport, JSONText.quoted(gymnasium.imports.joined(separator: ","))),
      line(.python, JSONText.quoted(gymnasium.python)),
      line(.gymTimeout, "\(gymnasium.timeout)"),
    ]
    return lines
  }

  /// Takes a value of `config.json` in.
  ///
  /// - Returns: The fault of the value; nil if it has none.
  mutating func take(_ name: String, _ value: SettingValue) -> String? {
    guard let key = Key(rawValue: name) else { return "unknown" }
    var options = gymnasium ?? GymnasiumOptions()
    switch (key, value) {
    case (.gymTimeout, .number(let seconds)): options.timeout = seconds
    case (.gymTimeout, _): return "expected a number"
    case (.simulator, .text(let text)):
      simulator = text
      return nil
    case (.gymMake, .text(let text)): options.makeArguments = text
    case (.gymImport, .text(let text)):
      options.imports = text.split(separator: ",").map(String.init)
    case (.python, .text(let text)): options.python = text
    default: return "expected a text"
    }
    gymnasium = options
    return nil
  }
}
