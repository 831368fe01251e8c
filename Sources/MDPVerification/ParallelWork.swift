internal import Dispatch
package import MonotoneFiles
internal import MonotoneLinearAlgebra
internal import Synchronization

/// Independent pieces of work, on all processor cores.
package enum ParallelWork {
  private struct State<Result> {
    var next = 0
    var done: [Int: Result] = [:]
    var failure: (any Error)?
  }

  /// The results of all files, in their order; of those that were done, if the run was stopped first.
  ///
  /// Large files are started first, so that none is left running alone at the end.
  ///
  /// - Parameters:
  ///   - files: What to work on.
  ///   - done: How much was done before, to show progress.
  ///   - total: How much there is in all.
  ///   - monitor: Is shown the progress, and may stop the run.
  ///   - work: The work on one file.
  package static func run<Result: Sendable>(
    _ files: [String], done: Int = 0, total: Int, monitor: RunMonitor,
    _ work: @Sendable (_ file: String) throws -> Result
  ) throws -> [Result] {
    let sizes = files.map { FileSystem.size($0) }
    let order = files.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }
    let state = Mutex(State<Result>())
    let workers = KernelMemory.threads(upTo: min(ProcessorCores.count, max(files.count, 1)))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while !monitor.isStopped() {
        let index: Int? = state.withLock { state in
          guard state.next < order.count, state.failure == nil else { return nil }
          state.next += 1
          return order[state.next - 1]
        }
        guard let index else { return }
        do {
          let result = try work(files[index])
          state.withLock { state in
            state.done[index] = result
            monitor.progress("[\(done + state.done.count)/\(total)] \(files[index])")
          }
        } catch {
          state.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return files.indices.compactMap { state.done[$0] }
    }
  }
}
