/// The faults found so far in one file.
///
/// A fault is noted by its byte offset alone; line, column and path are worked out once, at the
/// end, for the few that are listed. Reading a good file therefore tracks none of them.
package final class FaultLog {
  package struct Entry {
    package let kind: Fault.Kind
    package let offset: Int
    package let message: String
    /// The path, where no JSON text tells it.
    package var path: String?
  }

  /// How places in a file are told.
  package enum Places: Sendable {
    /// By line and column, with the path that the JSON text tells.
    case json
    /// By line and column; whoever notes a fault says where in the model it is.
    case text
  }

  package let limit: Int
  private let places: Places
  private(set) var entries: [Entry] = []
  private(set) var unlisted = 0

  package init(limit: Int, places: Places = .json) {
    self.limit = limit
    self.places = places
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// The number of faults, listed or not: for asking whether a step added any.
  package var count: Int { entries.count + unlisted }

  package func add(_ kind: Fault.Kind, at offset: Int, _ message: @autoclosure () -> String) {
    guard entries.count < limit else {
      unlisted += 1
      return
    }
    entries.append(Entry(kind: kind, offset: offset, message: message()))
  }

  /// Notes a fault of a binary file, or of a text that is not JSON.
  package func add(
    _ kind: Fault.Kind, at offset: Int, path: @autoclosure () -> String,
    _ message: @autoclosure () -> String
  ) {
    guard entries.count < limit else {
      unlisted += 1
      return
    }
    entries.append(Entry(kind: kind, offset: offset, message: message(), path: path()))
  }

  package func schema(at offset: Int, _ message: @autoclosure () -> String) {
    add(.schema, at: offset, message())
  }

  package func value(at offset: Int, _ message: @autoclosure () -> String) {
    add(.value, at: offset, message())
  }

  /// The error that lists them, in the order of their places.
  package func error(in input: InputBytes) -> InvalidInput {
    let sorted = entries.enumerated()
      .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element)
    var locator = FaultLocator(input, places)
    return InvalidInput(
      file: input.name, faults: sorted.map { locator.fault($0) }, unlisted: unlisted)
  }
}
