internal import CLAPACKE

/// The processor cores that this process may run on.
package enum ProcessorCores {
  /// How many there are, at least one; OpenBLAS asks the scheduler, which knows of limits set from outside.
  package static let count = max(1, Int(openblas_get_num_procs()))
}
