package import MonotoneFiles
package import NeuralTRPO

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// `config.json`: every hyper-parameter of a run, in a form that can be given as a configuration again.
///
/// All three forms of a configuration go by ``Hyperparameter/read`` and ``Hyperparameter/write(_:into:)``.
/// This one is for people, who find the hyper-parameters in the order of the documentation, and is read by
/// the strict reader of settings, which names line and column; ``WrittenConfiguration`` is for checkpoints,
/// ``SettingChoice`` for the command line.
package struct ConfigurationFile: Sendable {
  /// The format.
  package static let schema = "monotone/training/v1"
  /// The hyper-parameters in the file.
  package var configuration: TrainingConfiguration
  /// The simulator with its version that the run used: a record, and no choice.
  package var simulator: String?
  /// The key of ``simulator``.
  static let simulatorKey = "simulator"

  package init(_ configuration: TrainingConfiguration, simulator: String? = nil) {
    self.configuration = configuration
    self.simulator = simulator
  }

  /// The file's text: a line a hyper-parameter, in the order of ``Hyperparameter/all``.
  package var text: String {
    let lines = Hyperparameter.all.map { "  \"\($0.name)\": \($0.read(configuration))" }
    let record = simulator.map { ["  \"\(Self.simulatorKey)\": \(JSONText.quoted($0))"] } ?? []
    return "{\n"
      + (["  \"schema\": \"\(Self.schema)\""] + record + lines).joined(separator: ",\n") + "\n}\n"
  }

  /// Writes it, whole or not at all.
  package func write(to file: URL) throws(UnwritableOutput) {
    try AtomicFile.write(Array(text.utf8), to: file.path)
  }
}
