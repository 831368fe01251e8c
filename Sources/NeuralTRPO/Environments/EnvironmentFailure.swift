/// Why environments side by side cannot go on: what simulates them failed, and not what is computed here.
package struct EnvironmentFailure: Error, Sendable, Equatable {
  /// The fault.
  package var cause: String
  /// The last words of what failed, line by line.
  package var lines: [String]

  package init(_ cause: String, lines: [String] = []) {
    self.cause = cause
    self.lines = lines
  }
}
