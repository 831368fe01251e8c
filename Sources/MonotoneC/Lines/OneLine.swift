internal import MonotoneFiles

/// JSON in one line: answers are lines, and documents are written for people.
enum OneLine {
  /// A document without the white space between its tokens.
  static func text(_ json: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(json.utf8.count)
    var isString = false
    var isEscaped = false
    for byte in json.utf8 {
      if isString {
        isString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else if byte <= 0x20 {
        continue
      } else if byte == UInt8(ascii: "\"") {
        isString = true
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Reply.Output {
  /// Appends the array as `{"type", "shape", "data"}`, in row-major order; what is not finite as null.
  func append(to text: inout String) {
    func write(_ type: String, _ numbers: some Sequence<String>) {
      let lengths = shape.map(String.init).joined(separator: ", ")
      text += "{\"type\": \"\(type)\", \"shape\": [\(lengths)], \"data\": ["
      text += numbers.joined(separator: ", ")
      text += "]}"
    }
    switch elements {
    case .float64(let values): write("float64", values.lazy.map { $0.isFinite ? "\($0)" : "null" })
    case .int32(let values): write("int32", values.lazy.map { "\($0)" })
    case .int8(let values): write("int8", values.lazy.map { "\($0)" })
    }
  }
}
