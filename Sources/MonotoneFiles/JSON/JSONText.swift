/// JSON's way of writing strings.
package enum JSONText {
  /// The string in quotes, with the fewest escapes that RFC 8259 allows.
  package static func quoted(_ text: String) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count + 2)
    appendQuoted(text, to: &output)
    return output
  }

  /// Appends the string in quotes.
  package static func appendQuoted(_ text: String, to output: inout String) {
    output.append("\"")
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
    {
      output.append(text)
    } else {
      for scalar in text.unicodeScalars { appendEscaped(scalar, to: &output) }
    }
    output.append("\"")
  }

  private static func appendEscaped(_ scalar: Unicode.Scalar, to output: inout String) {
    switch scalar {
    case "\"": output.append("\\\"")
    case "\\": output.append("\\\\")
    case "\n": output.append("\\n")
    case "\r": output.append("\\r")
    case "\t": output.append("\\t")
    case "\u{8}": output.append("\\b")
    case "\u{C}": output.append("\\f")
    case ..<" ": output.append(controlEscape(scalar))
    default: output.unicodeScalars.append(scalar)
    }
  }

  private static func controlEscape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
