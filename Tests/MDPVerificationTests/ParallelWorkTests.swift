import Foundation
import MonotoneFiles
import MonotoneLinearAlgebra
import Synchronization
import Testing

@testable import MDPVerification

@Suite("Work on all cores")
struct ParallelWorkTests {
  private struct Fault: Error, Equatable { var file: String }

  @Test("Results are in the order of the files, and progress counts every one of them once")
  func order() throws {
    let files = (0..<60).map { "no-file-\($0)" }
    let listener = Listener()
    let results = try ParallelWork.run(files, done: 5, total: 65, monitor: listener.monitor()) {
      $0 + "!"
    }
    #expect(results == files.map { $0 + "!" })
    let counts = listener.progress.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(Set(counts) == Set((6...65).map { "[\($0)/65]" }) && counts.count == 60)
    #expect(try ParallelWork.run([], total: 0, monitor: .init()) { $0 }.isEmpty)
  }

  @Test("The first fault is thrown, and work that has not begun never does")
  func failure() throws {
    let files = (0..<1000).map { "no-file-\($0)" }
    let begun = Mutex(0)
    let fault = #expect(throws: Fault.self) {
      try ParallelWork.run(files, total: 1000, monitor: .init()) { file -> Int in
        begun.withLock { $0 += 1 }
        throw Fault(file: file)
      }
    }
    #expect(fault.map { files.contains($0.file) } == true)
    #expect(begun.withLock { $0 } <= ProcessorCores.count)
  }

  @Test("A run that is stopped gives what was done")
  func stopped() throws {
    let files = (0..<1000).map { "no-file-\($0)" }
    let results = try ParallelWork.run(
      files, total: 1000, monitor: Listener().monitor(stopping: true)
    ) { $0 }
    #expect(!results.isEmpty && results.count <= ProcessorCores.count)
    #expect(results.allSatisfy(files.contains))
  }

  @Test("The largest file is begun first")
  func largest() throws {
    let last = 4 * ProcessorCores.count
    let files = Dictionary(
      uniqueKeysWithValues: (0...last).map {
        ("\($0)", String(repeating: "x", count: $0 == last ? 100 : 1))
      })
    try withFiles(files) { folder in
      // All others wait until it is begun; were it not among the first, they would wait in vain.
      let begun = DispatchSemaphore(value: 0)
      let waited = try ParallelWork.run(
        (0...last).map { "\(folder)/\($0)" }, total: last + 1, monitor: .init()
      ) { file -> DispatchTimeoutResult in
        if !file.hasSuffix("/\(last)") {
          guard begun.wait(timeout: .now() + 1) == .success else { return .timedOut }
        }
        begun.signal()
        return .success
      }
      #expect(!waited.contains(.timedOut))
    }
  }
}
