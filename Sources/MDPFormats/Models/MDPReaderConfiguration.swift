internal import MDPCore
internal import MonotoneFiles

/// The limits within which files are read.
public struct MDPReaderConfiguration: Sendable {
  /// How deep a JSON text may nest.
  public var nestingLimit = JSONDocument.usualNestingLimit
  /// How many faults of a file are listed; the rest are counted.
  public var faultLimit = 100
  /// The memory, in bytes, that the contents of one file may take.
  public var memoryLimit = ModelMemory.bytes

  /// By how much a row of probabilities may miss the sum 1.
  public var rowTolerance = RowTolerance()

  /// The limits as they stand.
  public init() {}
}
