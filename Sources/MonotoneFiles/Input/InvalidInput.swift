/// A file that was read but cannot be used, with all of its faults.
public struct InvalidInput: Error, Sendable, Equatable {
  /// The path, or `standard input`.
  public let file: String
  /// The faults, in the order of their places in the file.
  public let faults: [Fault]
  /// How many more faults there are, once the list is full.
  public let unlisted: Int

  /// The faults of a file, and how many more there are that are not listed.
  public init(file: String, faults: [Fault], unlisted: Int = 0) {
    self.file = file
    self.faults = faults
    self.unlisted = unlisted
  }
}

extension InvalidInput: CustomStringConvertible {
  /// One line a fault: `file:line:column: path: message`.
  public var description: String {
    var lines = faults.map { "\(file):\($0)" }
    if unlisted > 0 { lines.append("\(file): \(unlisted) more faults") }
    return lines.joined(separator: "\n")
  }
}
