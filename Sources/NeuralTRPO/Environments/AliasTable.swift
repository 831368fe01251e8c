internal import MonotoneProbability

/// Draws from a finite distribution in constant time, whatever its size.
///
/// Each of n cells has the share 1/n; a cell belongs to an outcome of its own up to a threshold, and
/// above it to its alias.
///
/// Source: Walker 1977; Vose 1991. Complexity: O(n) to make, O(1) and one draw to sample.
struct AliasTable: Sendable {
  /// The part of each cell that is its own outcome's.
  let threshold: [Double]
  /// The outcome of the rest of each cell.
  let alias: [Int32]

  /// A table of some weights.
  ///
  /// - Precondition: weights finite, not negative, not all 0.
  init(_ weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(
      total > 0 && total.isFinite && weights.allSatisfy { $0 >= 0 },
      "no distribution has the weights \(weights)")
    let count = weights.count
    var mass = weights.map { $0 / total * Double(count) }
    var threshold = [Double](repeating: 1, count: count)
    var alias = (0..<count).map(Int32.init(truncatingIfNeeded:))
    var (small, large) = (
      mass.indices.filter { mass[$0] < 1 }, mass.indices.filter { mass[$0] >= 1 }
    )
    while let low = small.last, let high = large.last {
      small.removeLast()
      threshold[low] = mass[low]
      alias[low] = Int32(high)
      mass[high] -= 1 - mass[low]
      if mass[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    // What is left has mass 1 but for rounding, and keeps its cell: the masses of those left sum to
    // their number. An outcome without weight is therefore never among them.
    self.threshold = threshold
    self.alias = alias
  }

  /// The number of outcomes.
  var count: Int { threshold.count }

  /// An outcome.
  @inline(__always) func sample(_ stream: inout RandomStream) -> Int {
    let (cell, part) = Self.place(among: count, &stream)
    return part < threshold[cell] ? cell : Int(alias[cell])
  }

  /// One of some cells, and how far into it: all the chance that an outcome takes.
  @inline(__always) static func place(
    among count: Int, _ stream: inout RandomStream
  ) -> (cell: Int, part: Double) {
    let place = stream.uniform() * Double(count)
    let cell = Int(clamping: place, to: 0...count - 1)
    return (cell, place - Double(cell))
  }

  /// The probability of each outcome, from the table.
  var probabilities: [Double] {
    var sums = [Double](repeating: 0, count: count)
    for cell in 0..<count {
      sums[cell] += threshold[cell] / Double(count)
      sums[Int(alias[cell])] += (1 - threshold[cell]) / Double(count)
    }
    return sums
  }
}
