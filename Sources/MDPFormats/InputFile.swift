public import MonotoneFiles
package import MDPCore

/// Reads what a path names, with every fault as the reason for which a run cannot go on.
package enum InputFile {
  /// Reads the bytes of a file, or of standard input for "-".
  ///
  /// - Parameter names: What else the path could have meant, for the message where there is no such file.
  package static func bytes(
    _ path: String, or names: [String] = []
  ) throws(RunFailure) -> InputBytes {
    do throws(UnreadableInput) { return try InputBytes(path: path) } catch {
      throw RunFailure(error.description + MissingFile.hint(path, or: names), .unreadable)
    }
  }

  /// Reads a model.
  ///
  /// - Parameter names: What else the path could have meant.
  package static func model(
    _ path: String, _ reading: MDPReaderConfiguration = .init(), or names: [String] = []
  ) throws(RunFailure) -> MDPDocument {
    let input = try bytes(path, or: names)
    do throws(InvalidInput) { return try ModelReader.read(input, configuration: reading) } catch {
      throw RunFailure(error)
    }
  }

  /// Reads a policy of a model.
  package static func policy(
    _ path: String, for document: MDPDocument, _ reading: MDPReaderConfiguration = .init()
  ) throws(RunFailure) -> PolicyDocument {
    let input = try bytes(path, or: PolicyExpression.words)
    do throws(InvalidInput) {
      return try PolicyReader.read(input, for: document, configuration: reading)
    } catch {
      throw RunFailure(error)
    }
  }

  /// The policies of a file that holds several; nil if it does not.
  package static func stack(
    _ path: String, for document: MDPDocument, _ reading: MDPReaderConfiguration = .init()
  ) throws(RunFailure) -> PolicyStack? {
    let input = try bytes(path)
    do throws(InvalidInput) {
      return try PolicyStack(input, for: document, configuration: reading)
    } catch {
      throw RunFailure(error)
    }
  }

  /// Reads the samples of an update of a model's policies.
  package static func batch(
    _ path: String, for document: MDPDocument
  ) throws(RunFailure) -> SampleBatch {
    let input = try bytes(path)
    do throws(InvalidInput) { return try BatchReader.read(input, for: document) } catch {
      throw RunFailure(error)
    }
  }
}

extension RunFailure {
  /// A file that cannot be read at all.
  public init(_ failure: UnreadableInput) { self.init(failure.description, .unreadable) }

  /// A file that can be read and not used.
  public init(_ failure: InvalidInput) { self.init(failure.description, .badData) }
}

extension InputBytes {
  /// Reads a whole file, or standard input for the path `-`, of at most a third of the memory that a model
  /// may take: a model is several times as large as its file.
  ///
  /// - Throws: ``UnreadableInput`` where the file is absent, a directory, forbidden or too large.
  public convenience init(path: String) throws(UnreadableInput) {
    try self.init(path: path, limit: ModelMemory.bytes / 3)
  }
}
