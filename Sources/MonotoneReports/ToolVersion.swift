/// The version of the toolkit.
public enum ToolVersion {
  /// The version that `--version` prints and reports record.
  public static let current = "\(literal)"

  package static let literal: StaticString = "0.1.0"
}
