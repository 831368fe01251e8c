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

  @Test("A team does piece after piece, and a piece within a piece alone", arguments: [2, 3, 17])
  func team(threads: Int) {
    let work = SharedWork(threads: threads)
    var sums = [Int](repeating: 0, count: 9 * 2048)
    for piece in 1...2_000 {
      sums.withUnsafeMutableBufferPointer { sums in
        work.forEachBlock(of: sums.count) { range in
          for index in range { sums[index] += piece }
          if piece % 500 == 0 {
            work.forEachBlock(of: 5000) { inner in
              guard range.lowerBound == 0 else { return }
              for index in inner { sums[index % 7] += 1 }
            }
          }
        }
      }
    }
    let total = 2_000 * 2_001 / 2
    #expect(sums[7...].allSatisfy { $0 == total })
    #expect(sums[..<7].reduce(0, +) == 7 * total + 4 * 5000)
  }

  @Test("Shares cover every index once, one range a thread", arguments: [1, 2, 5, 64])
  func shares(threads: Int) {
    let work = SharedWork(threads: threads)
    for count in [0, 1, 3, 10_000] {
      var visits = [Int](repeating: 0, count: count)
      visits.withUnsafeMutableBufferPointer { visits in
        work.forEachShare(of: count) { _, range in
          for index in range { visits[index] += 1 }
        }
      }
      #expect(visits.allSatisfy { $0 == 1 })
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
    for threads in [1, 2, 7] {
      let found = matrix.transposed(SharedWork(threads: threads))
      #expect(found.columnCount == 3 && found.rowStart == [0, 1, 3, 4, 5])
      #expect(found.columns == [2, 0, 2, 2, 0] && found.values == [3, 1, 4, 5, 2])
    }
  }
}
