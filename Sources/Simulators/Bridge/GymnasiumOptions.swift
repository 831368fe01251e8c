/// How an environment of Gymnasium is made, and by which Python.
public struct GymnasiumOptions: Sendable, Equatable, Codable {
  /// The keyword arguments of `gymnasium.make`, or of a game, a JSON object.
  public var makeArguments: String
  /// The probability with which a game repeats the action before; nil for what the arguments say.
  public var stickyActions: Double?
  /// Whether a game has all actions of its console; nil for what the arguments say.
  public var hasFullActionSet: Bool?
  /// Modules that register environments when they are imported.
  public var imports: [String]
  /// The interpreter, found on the path.
  public var python: String
  /// How many seconds a worker may take to make its environments, or for a step of all of them.
  public var timeout: Double

  /// Options; those that are not given are the usual ones.
  public init(
    makeArguments: String = "{}", imports: [String] = [], python: String = "python3",
    timeout: Double = 60
  ) {
    self.makeArguments = makeArguments
    self.imports = imports
    self.python = python
    self.timeout = timeout
  }

  // Of an environment that was made, the arguments say all of how.
  private enum CodingKeys: String, CodingKey { case makeArguments, imports, python, timeout }
}
