import Arithmetic
import MDPCore
import MDPFormats
import MDPSolvers

/// A model read from a file, ready to be computed with.
struct LoadedModel {
  /// The file, as it was named.
  var file: String
  /// What it says.
  var document: MDPDocument
  /// Evaluates its policies.
  var evaluator: PolicyEvaluator
  /// How its policies are read.
  var reading = MDPReaderConfiguration()
}

/// Reads files, turning every fault into the failure that the command ends with.
enum ModelLoader {
  /// Reads a model and makes it ready.
  static func load(
    _ path: String, _ reading: MDPReaderConfiguration = .init()
  ) throws -> LoadedModel {
    let document = try readDocument(path, reading)
    return LoadedModel(
      file: path, document: document, evaluator: PolicyEvaluator(document), reading: reading)
  }

  /// Reads a model.
  ///
  /// - Parameter names: What else the path could have meant.
  static func readDocument(
    _ path: String, _ reading: MDPReaderConfiguration = .init(), or names: [String] = []
  ) throws -> MDPDocument {
    let input = try readBytes(path, or: names)
    do throws(InvalidInput) { return try MDPReader.read(input, configuration: reading) } catch {
      throw CommandFailure(error)
    }
  }

  /// Reads a policy of a model.
  static func readPolicy(
    _ path: String, for document: MDPDocument, _ reading: MDPReaderConfiguration
  ) throws -> PolicyDocument {
    let input = try readBytes(path, or: PolicyExpression.words)
    do throws(InvalidInput) {
      return try PolicyReader.read(input, for: document, configuration: reading)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// The policies of a file that holds several; nil if it does not.
  static func readStack(_ path: String, for model: LoadedModel) throws -> PolicyStack? {
    let input = try readBytes(path)
    do throws(InvalidInput) {
      return try PolicyStack(input, for: model.document, configuration: model.reading)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Reads the samples of an update of a model's policies.
  static func readBatch(_ path: String, for document: MDPDocument) throws -> SampleBatch {
    let input = try readBytes(path)
    do throws(InvalidInput) {
      return try BatchReader.read(input, for: document)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Reads the bytes of a file, or of standard input for "-".
  ///
  /// - Parameter names: What else the path could have meant.
  static func readBytes(_ path: String, or names: [String] = []) throws -> InputBytes {
    do throws(UnreadableInput) { return try InputBytes(path: path) } catch {
      throw CommandFailure(error.description + MissingFile.hint(path, or: names), .unreadable)
    }
  }
}

/// Parses policy arguments.
enum PolicyArgument {
  static func parse(_ text: String) throws -> PolicyExpression {
    do throws(PolicyExpressionError) { return try PolicyExpression(text) } catch {
      throw CommandFailure(error.description, .usage)
    }
  }
}
