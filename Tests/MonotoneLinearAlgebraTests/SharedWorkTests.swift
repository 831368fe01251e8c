import MonotoneArithmetic
import Testing

@testable import MonotoneLinearAlgebra

@Suite("Shared work")
struct SharedWorkTests {
  @Test("Every index is worked on once, and parts come in order", arguments: [1, 2, 5, 64])
  func everyIndex(threads: Int) {
    let work = SharedWork(threads: threads)
    for count in [0, 1, 2047, 2048, 2049, 10_000] {
      var visits = [Int](repeating: 0, count: count)
      visits.withUnsafeMutableBufferPointer { visits in
        work.forEachBlock(of: count) { range in
          for index in range { visits[index] += 1 }
        }
      }
      #expect(visits.allSatisfy { $0 == 1 })
      let parts = work.map(count, 0..<0) { $0 }
      #expect(parts.flatMap { Array($0) } == Array(0..<count))
    }
  }

  @Test("Norms are those of the definition, with NaN and infinity")
  func norms() {
    for count in [0, 1, 7, 8, 9, 30] {
      let vector = (0..<count).map { Double(($0 * 7919) % 23) - 11 }
      #expect(VectorNorm.maximum(vector) == vector.map(abs).max() ?? 0)
      #expect(VectorNorm.sum(vector) == vector.map(abs).reduce(0, +))
      for place in 0..<count {
        for (bad, isNaN) in [(Double.nan, true), (-.nan, true), (-.infinity, false)] {
          var spoilt = vector
          spoilt[place] = bad
          for norm in [VectorNorm.maximum, .sum] {
            #expect(norm(spoilt).isNaN == isNaN && !norm(spoilt).isFinite)
          }
        }
      }
    }
  }

  @Test("The transpose has each entry at the exchanged place, rows in order")
  func transposed() {
    let matrix = SparseRows<Double>(
      columnCount: 4, rowStart: [0, 2, 2, 5], columns: [1, 3, 0, 1, 2], values: [1, 2, 3, 4, 5])
    let found = matrix.transposed()
    #expect(found.columnCount == 3 && found.rowStart == [0, 1, 3, 4, 5])
    #expect(found.columns == [2, 0, 2, 2, 0] && found.values == [3, 1, 4, 5, 2])
  }
}
