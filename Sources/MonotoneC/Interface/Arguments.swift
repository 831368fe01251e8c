internal import CMonotone
internal import MonotoneFiles

/// The arguments of callers in C, taken apart without trusting them.
enum Argument {
  /// A text; nil for NULL.
  static func text(_ pointer: UnsafePointer<CChar>?, _ name: String) throws(CallFailure) -> String?
  {
    guard let pointer else { return nil }
    guard let text = String(validatingCString: pointer) else {
      throw CallFailure("\(name): not UTF-8")
    }
    return text
  }

  /// A text that must be there.
  static func required(
    _ pointer: UnsafePointer<CChar>?, _ name: String
  ) throws(CallFailure) -> String {
    guard let text = try text(pointer, name) else { throw CallFailure("\(name): NULL") }
    return text
  }

  /// Bytes that must be there.
  static func bytes(
    _ pointer: UnsafeRawPointer?, _ length: Int64, _ name: String
  ) throws(CallFailure) -> InputBytes {
    guard length >= 0, length < 1 << 40 else {
      throw CallFailure("\(name): a length of \(length) bytes")
    }
    guard let pointer else {
      guard length == 0 else { throw CallFailure("\(name): NULL with \(length) bytes") }
      return InputBytes("", name: name)
    }
    return InputBytes(UnsafeRawBufferPointer(start: pointer, count: Int(length)), name: name)
  }

  /// An array; nil for NULL.
  static func array(
    _ pointer: UnsafePointer<monotone_array>?, _ name: String
  ) throws(CallFailure) -> NumberArray? {
    guard let array = pointer?.pointee else { return nil }
    guard (0...4).contains(array.rank) else {
      throw CallFailure("\(name): found rank \(array.rank); expected 0 to 4")
    }
    let lengths = [array.shape.0, array.shape.1, array.shape.2, array.shape.3]
      .prefix(Int(array.rank))
    var count = 1
    for length in lengths {
      let (product, overflow) = count.multipliedReportingOverflow(by: Int(length))
      guard length >= 0, !overflow, product < 1 << 40 else {
        throw CallFailure("\(name): found a length of \(length) in its shape")
      }
      count = product
    }
    guard let data = array.data ?? (count == 0 ? UnsafeRawPointer(bitPattern: 8) : nil) else {
      throw CallFailure("\(name): its data are NULL")
    }
    return NumberArray(
      elements: try elements(data, array.type, count, name), shape: lengths.map { Int($0) })
  }

  private static func elements(
    _ data: UnsafeRawPointer, _ type: Int32, _ count: Int, _ name: String
  ) throws(CallFailure) -> NumberArray.Elements {
    // Pointers must suit the type.
    let alignment = [1: 8, 2: 4, 3: 8, 4: 4, 5: 1, 6: 8][type] ?? 1
    guard Int(bitPattern: data) % alignment == 0 else {
      throw CallFailure("\(name): its data are not aligned to \(alignment) bytes")
    }
    switch Int(type) {
    case Int(MONOTONE_FLOAT64): return .float64(data.assumingMemoryBound(to: Double.self))
    case Int(MONOTONE_FLOAT32): return .float32(data.assumingMemoryBound(to: Float.self))
    case Int(MONOTONE_INT64): return .int64(data.assumingMemoryBound(to: Int64.self))
    case Int(MONOTONE_INT32): return .int32(data.assumingMemoryBound(to: Int32.self))
    case Int(MONOTONE_INT8): return .int8(data.assumingMemoryBound(to: Int8.self))
    case Int(MONOTONE_TEXT):
      let pointers = data.assumingMemoryBound(to: UnsafePointer<CChar>?.self)
      var numbers: [NumberArray.Written] = []
      for index in 0..<count {
        let text = try required(pointers[index], "\(name)[\(index)]")
        numbers.append(.init(text: text, isExact: true))
      }
      return .written(numbers)
    default: throw CallFailure("\(name): found type \(type); expected MONOTONE_FLOAT64 or its like")
    }
  }

  /// A policy.
  static func policy(
    _ pointer: UnsafePointer<monotone_policy>?, _ name: String
  ) throws(CallFailure) -> PolicyArgument {
    guard let policy = pointer?.pointee else { throw CallFailure("\(name): NULL") }
    let title = try text(policy.name, "\(name).name")
    let array = try array(policy.array, "\(name).array")
    guard let expression = try text(policy.expression, "\(name).expression") else {
      guard let array else {
        throw CallFailure("\(name): give an expression or an array; both are NULL")
      }
      return .array(array, name: title ?? name)
    }
    guard array == nil else {
      throw CallFailure("\(name): give an expression or an array, not both")
    }
    return .expression(expression)
  }

  /// A model's arrays.
  static func model(
    _ pointer: UnsafePointer<monotone_model_arrays>?, _ decimals: NumberArray.Decimals
  ) throws(CallFailure) -> ModelArrays {
    guard let model = pointer?.pointee else { throw CallFailure("arrays: NULL") }
    guard let transitions = try array(model.transitions, "transitions") else {
      throw CallFailure("transitions: NULL")
    }
    let columns = try array(model.columns, "columns")
    var (states, actions) = (Int(model.states), Int(model.actions))
    if columns == nil, states == 0, actions == 0 {
      guard transitions.shape.count == 3 else {
        throw CallFailure(
          "transitions: found shape (\(transitions.shape.map(String.init).joined(separator: ", "))); "
            + "expected (S, A, S), next states last", .badData)
      }
      (states, actions) = (transitions.shape[0], transitions.shape[1])
    }
    guard (1...100_000_000).contains(states), (1...1_000_000).contains(actions),
      states * actions <= 1_000_000_000
    else {
      throw CallFailure(
        "found \(states) states and \(actions) actions; expected at least one of each, and at most 10^9 rows",
        .badData)
    }
    return ModelArrays(
      name: try text(model.name, "name") ?? "arrays",
      discount: try required(model.discount, "discount"), decimals: decimals,
      stateCount: states, actionCount: actions, transitions: transitions, columns: columns,
      rowStarts: try array(model.row_starts, "row_starts"),
      rewards: try array(model.rewards, "rewards"), initial: try array(model.initial, "initial"),
      terminal: try array(model.terminal, "terminal"),
      available: try array(model.available, "available"))
  }
}
