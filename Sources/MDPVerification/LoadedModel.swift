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
  ///
  /// - Parameter threads: How many threads share the rows of a large model.
  public init(
    _ path: String, _ reading: MDPReaderConfiguration = .init(), threads: Int = 1
  ) throws(RunFailure) {
    self.init(try InputFile.model(path, reading), file: path, reading, threads: threads)
  }

  /// A model that was read already, from what is called `file` in messages.
  public init(
    _ document: MDPDocument, file: String, _ reading: MDPReaderConfiguration = .init(),
    threads: Int = 1
  ) {
    self.file = file
    self.document = document
    evaluator = PolicyEvaluator(document, threads: threads)
    self.reading = reading
  }
}
