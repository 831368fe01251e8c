internal import MonotoneFiles

/// The members of a call that came as a line.
struct LineCall {
  let line: CallOptions

  func has(_ key: String) -> Bool { line.has(key) }

  /// The options, as they stand there.
  var options: String? { line.json("options") }

  func required(_ key: String) throws(CallFailure) -> String {
    guard let text = try line.text(key) else { throw CallFailure("\"\(key)\" is missing") }
    return text
  }

  func handle() throws(CallFailure) -> UInt64 {
    guard let handle = try line.count("handle", in: 0...(1 << 53)) else {
      throw CallFailure("\"handle\" is missing")
    }
    return UInt64(handle)
  }

  func model() throws(CallFailure) -> ModelSession { try Sessions.model(try handle()) }

  /// The text of a file.
  func input(default name: String) throws(CallFailure) -> InputBytes {
    InputBytes(try required("text"), name: try line.text("name") ?? name)
  }

  /// A policy: a name, or the members of a policy's line.
  func policy(_ key: String) throws(CallFailure) -> PolicyArgument {
    guard let text = line.json(key) else { throw CallFailure("\"\(key)\" is missing") }
    guard try line.object(key) != nil else { return .line(text, name: key) }
    if let named = try? CallOptions(text, known: ["expression"]) {
      guard let expression = try named.text("expression") else {
        throw CallFailure("\(key): give an expression or probabilities")
      }
      return .expression(expression)
    }
    return .line(text, name: key)
  }

  /// An array of numbers or texts, nested to any shape.
  func array(_ key: String) throws(CallFailure) -> NumberArray {
    guard let array = try optionalArray(key) else { throw CallFailure("\"\(key)\" is missing") }
    return array
  }

  func optionalArray(_ key: String) throws(CallFailure) -> NumberArray? {
    guard let nested = try line.nested(key) else { return nil }
    return NumberArray(elements: .written(nested.numbers), shape: nested.shape)
  }

  /// A model's arrays, all of them dense.
  func model(_ decimals: NumberArray.Decimals) throws(CallFailure) -> ModelArrays {
    let transitions = try array("transitions")
    guard transitions.shape.count == 3, transitions.shape.allSatisfy({ $0 > 0 }) else {
      throw CallFailure(
        "transitions: found shape (\(transitions.shape.map(String.init).joined(separator: ", "))); "
          + "expected (S, A, S), next states last", .badData)
    }
    guard let discount = try line.literal("discount") else {
      throw CallFailure("\"discount\" is missing")
    }
    return ModelArrays(
      name: try line.text("name") ?? "arrays", discount: discount, decimals: decimals,
      stateCount: transitions.shape[0], actionCount: transitions.shape[1],
      transitions: transitions, columns: nil, rowStarts: nil,
      rewards: try optionalArray("rewards"), initial: try optionalArray("initial"),
      terminal: try optionalArray("terminal"), available: try optionalArray("available"))
  }
}
