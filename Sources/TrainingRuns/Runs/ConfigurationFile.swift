public import MonotoneFiles
public import NeuralTRPO

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// `config.json`: every hyper-parameter of a run, in a form that can be given as a configuration again.
public struct ConfigurationFile: Sendable {
  /// The format.
  public static let schema = "monotone/training/v1"
  /// What it says.
  public var configuration: TrainingConfiguration

  public init(_ configuration: TrainingConfiguration) { self.configuration = configuration }

  /// The file's text: a line a hyper-parameter, in the order of ``Hyperparameter/all``.
  public var text: String {
    let lines = Hyperparameter.all.map { "  \"\($0.name)\": \($0.read(configuration))" }
    return "{\n"
      + (["  \"schema\": \"\(Self.schema)\""] + lines).joined(separator: ",\n") + "\n}\n"
  }

  /// Writes it, whole or not at all.
  public func write(to file: URL) throws(UnwritableOutput) {
    try AtomicFile.write(Array(text.utf8), to: file.path)
  }
}
