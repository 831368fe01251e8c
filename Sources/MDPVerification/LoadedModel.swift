public import MonotoneFiles
public import MDPFormats
public import MDPSolvers
public import MDPCore

/// A model read from a file, ready to be computed with.
public struct LoadedModel {
  /// The file, as it was named.
  public var file: String
  /// The model as it was read.
  public var document: MDPDocument
  /// Evaluates its policies.
  public var evaluator: PolicyEvaluator
  /// How its policies are read.
  public var reading: MDPReaderConfiguration

  /// Reads a model, from standard input for "-".
  public init(_ path: String, _ reading: MDPReaderConfiguration = .init()) throws(RunFailure) {
    self.init(try InputFile.model(path, reading), file: path, reading)
  }

  /// A model that was read already, from what is called `file` in messages.
  public init(_ document: MDPDocument, file: String, _ reading: MDPReaderConfiguration = .init()) {
    self.file = file
    self.document = document
    evaluator = PolicyEvaluator(document)
    self.reading = reading
  }
}
