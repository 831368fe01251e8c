internal import MonotoneLinearAlgebra

/// The memory that a model read from a file may take.
public enum ModelMemory {
  /// The budget of this process (``MemoryBudget``), in bytes.
  public static let bytes = Int(MemoryBudget.shared.bytes)
}
