import MonotoneArithmetic
import MonotoneFiles
import MonotoneProbability
import MDPCore
import TestSupport
import Testing

@testable import MDPFormats

/// Rows of arrays that are read at once, against the same rows number by number: indices in float64 are read so.
@Suite("Rows of arrays")
struct ArrayRowsTests {
  private enum Width: CaseIterable { case long, short, float }

  private struct Reading {
    var document: MDPDocument?
    var faults: [String] = []
  }

  /// Rows of states with two actions each.
  private struct Table {
    var targets: [Int]
    var probabilities: [Double]
    var rowStart: [Int]
    var rewards: [Double]
    /// The action of a state's first row.
    var firstAction = 0

    /// What is read for each width of the indices: the document, or the faults.
    func readings() throws -> [Reading] {
      try Width.allCases.map { width in
        var archive = ZipWriter()
        let rows = rowStart.count - 1
        archive.add(
          "pair_start.npy", NPYBytes.integers(Array(stride(from: 0, through: rows, by: 2))))
        archive.add("pair_action.npy", NPYBytes.integers((0..<rows).map { ($0 + firstAction) % 2 }))
        archive.add("row_start.npy", NPYBytes.integers(rowStart))
        archive.add("next_state.npy", indices(width))
        archive.add(
          "probability.npy", NPYBytes.doubles(probabilities, shape: [probabilities.count]))
        archive.add("reward.npy", NPYBytes.doubles(rewards, shape: [rewards.count]))
        archive.add("discount.npy", NPYBytes.text("9/10"))
        archive.add("decimals.npy", NPYBytes.text("shortest"))
        let input = InputBytes(try archive.finish(), name: "rows.npz")
        do throws(InvalidInput) {
          return Reading(document: try ModelReader.read(input))
        } catch {
          // Where faults lie in the archive differs with the width.
          return Reading(faults: error.faults.map { "\($0.path): \($0.message)" })
        }
      }
    }

    private func indices(_ width: Width) -> [UInt8] {
      switch width {
      case .long: NPYBytes.integers(targets)
      case .short: NPYBytes.integers(targets.map { Int32($0) })
      case .float: NPYBytes.doubles(targets.map { Double($0) }, shape: [targets.count])
      }
    }
  }

  /// Rows in order and not, with zeros, with states twice, with whole numbers, few digits and many.
  private static func table(_ random: inout RandomStream) -> Table {
    var table = Table(targets: [], probabilities: [], rowStart: [0], rewards: [])
    for row in 0..<8 {
      var targets = (0..<1 + random.integer(below: 4)).map { _ in random.integer(below: 4) }
      if random.integer(below: 3) > 0 { targets = Array(Set(targets)).sorted() }
      var left = 1_000
      for (index, target) in targets.enumerated() {
        let isLast = index == targets.count - 1
        let share = isLast ? left : random.integer(below: left + 1)
        left -= share
        table.targets.append(target)
        table.probabilities.append(Double(share) / 1_000)
      }
      table.rowStart.append(table.targets.count)
      table.rewards.append([0, 3, -0.25, 1e-5, 1.0 / 3, 1e22, 12_345.678_9, -7][row])
    }
    // A row that misses 1 by as much as is forgiven, and one of too many digits.
    table.targets += [0, 3, 1, 2]
    table.probabilities += [0.5, 0.499_999_999, 1.0 / 3, 2.0 / 3]
    table.rowStart += [table.targets.count - 2, table.targets.count]
    table.rewards += [1, 2]
    return table
  }

  @Test("All widths of indices give the same model", arguments: 1...60 as ClosedRange<UInt64>)
  func widths(seed: UInt64) throws {
    var random = RandomStream(seed: seed)
    let readings = try Self.table(&random).readings()
    for reading in readings { #expect(reading.faults == []) }
    let document = try #require(readings[2].document)
    #expect(readings[0].document == document && readings[1].document == document)
    #expect(
      document.transitions.rowSum[8]
        == ExactNumber(numerator: 999_999_999, denominator: 1_000_000_000))
    // Thousandths, whatever float64 makes of them.
    for number in document.transitions.probability.dropLast(4) {
      let thousandths = number.rational * Rational(1_000)
      #expect(Rational(finite: thousandths.approximation.rounded()) == thousandths)
    }
  }

  @Test("Actions in any order give the same model", arguments: 1...20 as ClosedRange<UInt64>)
  func orders(seed: UInt64) throws {
    var random = RandomStream(seed: seed)
    let table = Self.table(&random)
    var swapped = Table(targets: [], probabilities: [], rowStart: [0], rewards: [], firstAction: 1)
    for row in table.rewards.indices.map({ $0 ^ 1 }) {
      let entries = table.rowStart[row]..<table.rowStart[row + 1]
      swapped.targets += table.targets[entries]
      swapped.probabilities += table.probabilities[entries]
      swapped.rowStart.append(swapped.targets.count)
      swapped.rewards.append(table.rewards[row])
    }
    let document = try #require(try table.readings()[0].document)
    for reading in try swapped.readings() { #expect(reading.document == document) }
  }

  @Test(
    "The first start that is wrong is named",
    arguments: [(0, 1), (0, -1), (4, 8), (4, 31), (4, .max), (10, 29), (10, 31)])
  func starts(index: Int, value: Int) throws {
    var table = Table(
      targets: [], probabilities: [], rowStart: Array(stride(from: 0, through: 30, by: 3)),
      rewards: [Double](repeating: 0, count: 10))
    for _ in 0..<10 {
      table.targets += [0, 2, 3]
      table.probabilities += [0.25, 0.25, 0.5]
    }
    table.rowStart[index] = value
    for reading in try table.readings() {
      #expect(reading.faults.count == 1)
      #expect(reading.faults.first?.hasPrefix("row_start.npy[\(index)]: found ") == true)
    }
  }

  /// A number, the place where it goes, and what is said of it.
  static let faults: [(Double, String)] = [
    (-0.25, "negative"), (.nan, "finite"), (.infinity, "finite"), (0.75, "sum"), (0.3, "sum"),
  ]

  @Test("What is wrong is said in the same words", arguments: faults)
  func sameWords(number: Double, word: String) throws {
    var random = RandomStream(seed: 5)
    var table = Self.table(&random)
    (table.targets, table.probabilities) = ([], [])
    for _ in 0..<10 {
      table.targets += [0, 2, 3]
      table.probabilities += [0.25, 0.25, 0.5]
    }
    table.rowStart = Array(stride(from: 0, through: 30, by: 3))
    for entry in [0, 4, 23] {
      var faulty = table
      faulty.probabilities[entry] = number
      let readings = try faulty.readings()
      #expect(readings[2].document == nil && readings[2].faults.count == 1)
      #expect(readings[2].faults.allSatisfy { $0.contains(word) })
      #expect(readings[2].faults == readings[0].faults && readings[2].faults == readings[1].faults)
    }
    for target in [-1, 5, 1 << 20] {
      var faulty = table
      faulty.targets[7] = target
      let readings = try faulty.readings()
      #expect(readings.allSatisfy { $0.document == nil && $0.faults.count == 1 })
    }
  }
}
