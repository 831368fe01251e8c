public import MonotoneArithmetic
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

  /// The format of model files by name; nil to tell it by the file's name and content.
  public var format: String?
  /// γ, in place of what a model's file says, and for formats that hold none.
  public var discount: ExactNumber?
  /// Which states of other formats are terminal; nil for the format's own rule.
  public var terminal: TerminalRule?
  /// How the numbers of other formats become rational; nil for the format's own default.
  public var decimals: DecimalReading?
  /// The name of the reward structure to take, where a file has several.
  public var reward: String?

  /// The limits as they stand.
  public init() {}
}
