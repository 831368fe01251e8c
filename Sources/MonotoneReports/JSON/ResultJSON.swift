internal import MonotoneFiles
public import MDPVerification

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Result documents as JSON bytes, and back.
///
/// The bytes depend on the document alone: keys are sorted, numbers are the shortest that read
/// back as the same float64, and a file ends in a newline.
public enum ResultJSON {
  /// The bytes of a document.
  ///
  /// - Throws: ``UnencodableResult`` for a number that JSON has no word for.
  public static func encode(_ document: some Encodable) throws(UnencodableResult) -> Data {
    do {
      var data = try bytes(document, [.prettyPrinted])
      data.append(UInt8(ascii: "\n"))
      return data
    } catch {
      throw UnencodableResult(reason: describe(error))
    }
  }

  /// ``encode(_:)`` as text, for standard output.
  ///
  /// - Throws: ``UnencodableResult``.
  public static func text(_ document: some Encodable) throws(UnencodableResult) -> String {
    String(decoding: try encode(document), as: UTF8.self)
  }

  /// A document in one line, with the newline that ends it.
  ///
  /// - Throws: ``UnencodableResult``.
  public static func line(_ document: some Encodable) throws(UnencodableResult) -> String {
    do {
      return String(decoding: try bytes(document, []), as: UTF8.self)
        + "\n"
    } catch {
      throw UnencodableResult(reason: describe(error))
    }
  }

  private static func bytes(
    _ document: some Encodable, _ layout: JSONEncoder.OutputFormatting
  ) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = layout.union([.sortedKeys, .withoutEscapingSlashes])
    return try encoder.encode(document)
  }

  /// The verification of a document's bytes.
  ///
  /// - Throws: ``InvalidResult`` for bytes that are not JSON, for a schema that this version
  ///   does not know, and for a document that does not follow its schema.
  public static func verification(from data: Data) throws(InvalidResult) -> Verification {
    let header = try decode(Header.self, data)
    guard let schema = header.schema else {
      throw InvalidResult(
        path: "$", reason: "no \"schema\": expected \"\(Verification.schema)\"")
    }
    guard schema == Verification.schema else {
      throw InvalidResult(
        path: "$.schema",
        reason: """
          unknown schema \"\(schema.displayable)\": this version reads \"\(Verification.schema)\"
          """)
    }
    return try decode(Verification.self, data)
  }

  private struct Header: Decodable { var schema: String? }

  static func decode<Document: Decodable>(
    _ type: Document.Type, _ data: Data
  ) throws(InvalidResult) -> Document {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw InvalidResult(path: path(of: error), reason: describe(error))
    } catch {
      throw InvalidResult(path: "$", reason: noJSON)
    }
  }

  private static func context(of error: DecodingError) -> DecodingError.Context? {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      context
    @unknown default: nil
    }
  }

  private static func path(of error: DecodingError) -> String {
    (context(of: error)?.codingPath ?? []).reduce("$") { path, key in
      key.intValue.map { "\(path)[\($0)]" } ?? "\(path).\(key.stringValue.displayable)"
    }
  }

  private static func describe(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _):
      return "the key \"\(key.stringValue)\" is missing"
    case DecodingError.valueNotFound(let type, _):
      return "null where \(word(for: type)) is expected"
    case DecodingError.typeMismatch(let type, _):
      return "\(word(for: type)) is expected here"
    case DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty: return noJSON
    case DecodingError.dataCorrupted:
      return "a value that this version does not know; write the file again with monotone"
    case EncodingError.invalidValue(let value, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(path): \(value) has no form in JSON"
    default: return "a value has no form in JSON"
    }
  }

  private static let noJSON =
    "the file is not JSON: it was cut short or changed; write it again with monotone"

  private static func word(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is [String: Any].Type: "an object"
    case is any Sequence.Type: "an array"
    default: "a value of another kind"
    }
  }
}

/// A result document that is not what its schema says.
public struct InvalidResult: Error, Sendable, Equatable {
  /// The JSON path of the fault.
  public let path: String
  /// The fault at that place.
  public let reason: String

  /// The fault with its place.
  public var message: String { "\(path): \(reason)" }
}

/// A result document that cannot be written as JSON: a defect of the program that made it.
public struct UnencodableResult: Error, Sendable, Equatable {
  /// Which value has no form in JSON.
  public let reason: String

  /// The fault.
  public var message: String { "the result cannot be written as JSON: \(reason)" }
}
