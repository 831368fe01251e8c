/// A property that an input refutes: the input, the simplest one found, and how to see it again.
///
/// An error whose description says it all, so that any test framework shows it.
public struct PropertyFailure: Error, Sendable, CustomStringConvertible {
  /// The property.
  public var property: String
  /// Where the input came from: `case 17 of 100` or a file.
  public var origin: String
  /// The input as it was drawn.
  public var input: String
  /// The reason why that input fails.
  public var reason: String
  /// The simplest input found that fails as well.
  public var shrunkInput: String
  /// The reason why the simplest input fails.
  public var shrunkReason: String
  /// How many simpler inputs were tried.
  public var attempts: Int
  /// How many of them failed and were taken.
  public var simplifications: Int
  /// The case as `SEED:CASE`; nil for an input from a file.
  public var replay: String?
  /// The stem of the files that keep the shrunk input; nil if it was not kept.
  public var stem: String?
  /// The command that shows the shrunk input at work.
  public var command: String?

  public var description: String {
    var lines = [
      "the property '\(property)' is false (\(origin))",
      "reason: \(shrunkReason)",
      "shrunk input, after \(simplifications) simplifications of \(attempts) tried:",
      shrunkInput.indented,
    ]
    if simplifications > 0 {
      lines += ["original reason: \(reason)", "original input:", input.indented]
    }
    if let stem { lines.append("kept in: \(stem).*") }
    if let command { lines.append("look at it: \(command)") }
    if let replay {
      lines.append(
        "replay: configuration: .init(replaying: \"\(replay)\"), or MDPTESTING_REPLAY=\(replay)")
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
      .joined(separator: "\n")
  }
}

/// The error of a property that does not hold; any other error counts as well.
public struct Falsified: Error, Sendable, CustomStringConvertible {
  /// The reason why the property does not hold.
  public let description: String

  /// An error with its reason.
  public init(_ reason: String) { description = reason }
}

/// Throws ``Falsified`` unless a condition is met.
///
/// Use this inside properties rather than a test framework's expectations: those would report every
/// input that shrinking tries.
public func expect(
  _ condition: Bool, _ reason: @autoclosure () -> String = "the condition is not met",
  file: String = #fileID, line: Int = #line
) throws(Falsified) {
  if !condition { throw Falsified("\(reason()) (\(file):\(line))") }
}
