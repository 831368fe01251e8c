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
  /// The record of the run's environment: no hyper-parameters.
  package var record: EnvironmentRecord

  package init(_ configuration: TrainingConfiguration, _ record: EnvironmentRecord = .init()) {
    self.configuration = configuration
    self.record = record
  }

  /// The file's text: a line a hyper-parameter, in the order of ``Hyperparameter/all``.
  package var text: String {
    let lines = Hyperparameter.all.map { "  \"\($0.name)\": \($0.read(configuration))" }
    return "{\n"
      + (["  \"schema\": \"\(Self.schema)\""] + record.lines + lines).joined(separator: ",\n")
      + "\n}\n"
  }

  /// Writes it, whole or not at all.
  package func write(to file: URL) throws(UnwritableOutput) {
    try AtomicFile.write(Array(text.utf8), to: file.path)
  }
}
