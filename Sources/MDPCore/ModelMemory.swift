internal import MonotoneLinearAlgebra

/// The memory that a model read from a file may take.
package enum ModelMemory {
  /// The budget of this process (``MemoryBudget``), in bytes.
  package static let bytes = Int(MemoryBudget.shared.bytes)
}
