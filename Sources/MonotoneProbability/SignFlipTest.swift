/// The exact permutation test for pairs: whether differences are centred on 0.
///
/// If a pair's two numbers are exchangeable, each difference is as likely to have the other sign. The probability
/// of a sum as great as the observed one is then the share of the 2ⁿ choices of signs that give such a sum. It is
/// exact for any distribution, and at least 2⁻ⁿ: few pairs cannot show much.
///
/// All signs are enumerated: the sums of one half of the differences, and for each of them, by bisection, how many
/// sums of the other half reach the observed one together with it; O(2^(n/2) n) in time and 2^(n/2) in memory.
///
/// Source: Fisher, The Design of Experiments, 1935, §21; Good, Permutation, Parametric and Bootstrap Tests of
/// Hypotheses, 2005. Tests compare with `scipy.stats.permutation_test`.
public struct SignFlipTest: Sendable {
  /// The side on which a difference counts.
  public enum Alternative: Sendable {
    /// Differences are above 0.
    case greater
    /// Differences are on either side of 0: twice the smaller of both one-sided probabilities, at most 1.
    case different
  }

  /// The most pairs whose signs are enumerated.
  public static let mostPairs = 40

  private let differences: [Double]

  /// The test of some differences.
  ///
  /// - Precondition: there are 1 to ``mostPairs``, all finite.
  public init(_ differences: [Double]) {
    precondition(
      (1...Self.mostPairs).contains(differences.count), "\(differences.count) differences")
    precondition(differences.allSatisfy(\.isFinite), "differences that are not finite")
    self.differences = differences
  }

  /// The probability of a sum as far on that side, were differences centred on 0.
  public func probability(_ alternative: Alternative) -> Double {
    switch alternative {
    case .greater: upper(differences)
    case .different: min(1, 2 * min(upper(differences), upper(differences.map { -$0 })))
    }
  }

  /// The share of signs whose sum is at least the observed one.
  private func upper(_ differences: [Double]) -> Double {
    let middle = differences.count / 2
    let first = Self.sums(differences[..<middle])
    let second = Self.sums(differences[middle...]).sorted()
    let size = differences.reduce(0) { $0 + abs($1) }
    // Sums that are equal but for rounding count as equal.
    let least = differences.reduce(0, +) - 0x1p-40 * size
    let count = first.reduce(0) { $0 + second.count - Self.place(of: least - $1, in: second) }
    return Double(count) / (Double(first.count) * Double(second.count))
  }

  /// The sums under all signs.
  private static func sums(_ differences: ArraySlice<Double>) -> [Double] {
    differences.reduce(into: [0]) { sums, one in
      sums = sums.map { $0 + one } + sums.map { $0 - one }
    }
  }

  /// How many sorted numbers are below a number.
  private static func place(of number: Double, in sorted: [Double]) -> Int {
    var range = 0..<sorted.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if sorted[middle] < number {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return range.lowerBound
  }
}
