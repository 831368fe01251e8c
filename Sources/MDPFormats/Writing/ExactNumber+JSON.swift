package import MonotoneArithmetic

extension ExactNumber {
  /// The number as JSON: a decimal as it is, a fraction in quotes.
  package var json: String {
    let text = description
    return text.utf8.contains(UInt8(ascii: "/")) ? "\"\(text)\"" : text
  }
}

extension String {
  /// Appends `open`, the elements with commas between them, and `close`, all on one line.
  mutating func appendList<T>(
    _ elements: some Sequence<T>, _ open: String, _ close: String,
    _ element: (T, inout String) -> Void
  ) {
    append(open)
    var isFirst = true
    for value in elements {
      if !isFirst { append(", ") }
      isFirst = false
      element(value, &self)
    }
    append(close)
  }
}
