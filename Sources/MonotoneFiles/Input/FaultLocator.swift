/// Works out lines, columns and paths of byte offsets, which must come in ascending order.
///
/// One scan over the text serves them all. The text up to the last offset is known to be JSON; what
/// follows need not be.
package struct FaultLocator {
  private let input: InputBytes
  private var cursor: JSONCursor
  private var lines: LineCounter
  /// The containers around the cursor, outermost first.
  private var containers: [Container] = []

  private struct Container {
    let isObject: Bool
    /// The index of the current element.
    var index = 0
    /// The key of the current member.
    var key: JSONString?
    /// Whether the next string is a key.
    var expectsKey: Bool
  }

  private let places: FaultLog.Places

  package init(_ input: InputBytes, _ places: FaultLog.Places = .json) {
    self.input = input
    self.places = places
    cursor = JSONCursor(base: input.base, position: 0)
    lines = LineCounter(input)
  }

  package mutating func fault(_ entry: FaultLog.Entry) -> Fault {
    if places == .text {
      lines.advance(to: entry.offset)
      return Fault(
        kind: entry.kind, line: lines.line, column: lines.column,
        path: entry.path ?? JSONPath.root, message: entry.message)
    }
    if let path = entry.path {
      return Fault(
        kind: entry.kind, line: 1, column: entry.offset + 1, path: path, message: entry.message)
    }
    lines.advance(to: entry.offset)
    advance(to: entry.offset)
    return Fault(
      kind: entry.kind, line: lines.line, column: lines.column, path: path,
      message: entry.message)
  }

  private var path: String {
    containers.reduce(into: JSONPath.root) { path, container in
      if container.isObject {
        if let key = container.key { path += JSONPath.member(cursor.text(key)) }
      } else {
        path += JSONPath.element(container.index)
      }
    }
  }

  /// Moves to the first token that starts at the offset or ends behind it. A key there becomes
  /// part of the path; a container there does not.
  private mutating func advance(to offset: Int) {
    while cursor.position <= offset, cursor.position < input.count {
      let start = cursor.position
      switch cursor.byte {
      case UInt8(ascii: "\""):
        // A key that is broken itself cannot be decoded.
        guard let string = completeString() else { return }
        if let last = containers.indices.last, containers[last].expectsKey {
          containers[last].key = string
          containers[last].expectsKey = false
        }
        if start == offset || string.end > offset { return }
        cursor.position = string.end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if start == offset { return }
        let isObject = cursor.byte == UInt8(ascii: "{")
        containers.append(Container(isObject: isObject, expectsKey: isObject))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if start == offset { return }
        if !containers.isEmpty { containers.removeLast() }
      case UInt8(ascii: ","):
        if start == offset { return }
        if let last = containers.indices.last {
          containers[last].index += 1
          containers[last].key = nil
          containers[last].expectsKey = containers[last].isObject
        }
      default: break
      }
      cursor.position += 1
    }
  }

  /// The string at the cursor, or nil if the file ends within it.
  private func completeString() -> JSONString? {
    var place = cursor.position + 1
    var hasEscapes = false
    while place < input.count {
      let stops = WordScan.stringStops(WordScan.load(cursor.base + place))
      if stops == 0 {
        place += 8
        continue
      }
      place += WordScan.prefix(stops)
      if cursor.base[place] == UInt8(ascii: "\"") {
        return JSONString(start: cursor.position, end: place + 1, hasEscapes: hasEscapes)
      }
      hasEscapes = true
      place += 2
    }
    return nil
  }
}
