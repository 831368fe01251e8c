/// The faults found so far in one file.
///
/// A fault is noted by its byte offset alone; line, column and path are worked out once, at the
/// end, for the few that are listed. Reading a good file therefore tracks none of them.
final class FaultLog {
  struct Entry {
    let kind: Fault.Kind
    let offset: Int
    let message: String
    /// The path, for a binary file, where no text tells it.
    var path: String?
  }

  let limit: Int
  private(set) var entries: [Entry] = []
  private(set) var unlisted = 0

  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { entries.isEmpty }

  /// The number of faults, listed or not: for asking whether a step added any.
  var count: Int { entries.count + unlisted }

  func add(_ kind: Fault.Kind, at offset: Int, _ message: @autoclosure () -> String) {
    guard entries.count < limit else {
      unlisted += 1
      return
    }
    entries.append(Entry(kind: kind, offset: offset, message: message()))
  }

  /// Notes a fault of a binary file.
  func add(
    _ kind: Fault.Kind, at offset: Int, path: @autoclosure () -> String,
    _ message: @autoclosure () -> String
  ) {
    guard entries.count < limit else {
      unlisted += 1
      return
    }
    entries.append(Entry(kind: kind, offset: offset, message: message(), path: path()))
  }

  func schema(at offset: Int, _ message: @autoclosure () -> String) {
    add(.schema, at: offset, message())
  }

  func value(at offset: Int, _ message: @autoclosure () -> String) {
    add(.value, at: offset, message())
  }

  /// The error that lists them, in the order of their places.
  func error(in input: InputBytes) -> InvalidInput {
    let sorted = entries.enumerated()
      .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element)
    var locator = FaultLocator(input)
    return InvalidInput(
      file: input.name, faults: sorted.map { locator.fault($0) }, unlisted: unlisted)
  }
}
