import Foundation
import LinearAlgebra
import Synchronization

/// Independent pieces of work, on all processor cores.
enum ParallelWork {
  private struct State<Result> {
    var next = 0
    var done: [Int: Result] = [:]
    var failure: (any Error)?
  }

  /// The results of all files, in their order; of those that were done, if Ctrl-C came first.
  ///
  /// Large files are started first, so that none is left running alone at the end.
  ///
  /// - Parameters:
  ///   - files: What to work on.
  ///   - done: How much was done before, for the progress line.
  ///   - total: How much there is in all.
  ///   - work: The work on one file.
  static func run<Result: Sendable>(
    _ files: [String], done: Int = 0, total: Int,
    _ work: @Sendable (_ file: String) throws -> Result
  ) throws -> [Result] {
    let order = files.indices.sorted { (size(files[$0]), $1) > (size(files[$1]), $0) }
    let state = Mutex(State<Result>())
    let workers = KernelMemory.threads(
      upTo: min(ProcessInfo.processInfo.activeProcessorCount, max(files.count, 1)))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while !Interruption.isRequested {
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
            Console.progress("[\(done + state.done.count)/\(total)] \(files[index])")
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

  private static func size(_ file: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    return (attributes?[.size] as? Int) ?? 0
  }
}
