internal import MDPCore

/// The limits within which files are read.
public struct MDPReaderConfiguration: Sendable {
  /// How deep a JSON text may nest; the formats need five levels.
  public var nestingLimit = 64
  /// How many faults of a file are listed; the rest are counted.
  public var faultLimit = 100
  /// The memory, in bytes, that the contents of one file may take.
  public var memoryLimit = ModelMemory.bytes

  /// By how much a row of probabilities may miss the sum 1.
  public var rowTolerance = RowTolerance()

  /// The limits as they stand.
  public init() {}
}
