/// How many rows were seen, and by coordinate their mean and variance.
///
/// Two sets of rows become one by
///
///     n = n₁ + n₂,   d = μ₂ − μ₁,   μ = μ₁ + d n₂/n,   S = S₁ + S₂ + d² n₁n₂/n
///
/// with S = Σ (x − μ)². Nothing is squared before its mean is taken away, so that a mean much larger
/// than the spread costs no digits.
///
/// Source: Chan, Golub & LeVeque, "Updating formulae and a pairwise algorithm for computing sample
/// variances", 1979.
package struct RunningMoments: Sendable, Equatable, Codable {
  /// n.
  package private(set) var count: Int
  /// μ, 0 before there are rows.
  package private(set) var mean: [Double]
  /// S = Σ (x − μ)².
  package private(set) var sumOfSquares: [Double]

  /// No rows yet.
  package init(width: Int) {
    self.init(
      count: 0, mean: [Double](repeating: 0, count: width),
      sumOfSquares: [Double](repeating: 0, count: width))
  }

  /// Moments that were saved.
  package init(count: Int, mean: [Double], sumOfSquares: [Double]) {
    precondition(
      count >= 0 && mean.count == sumOfSquares.count,
      "\(count) rows, \(mean.count) means, \(sumOfSquares.count) sums of squares")
    self.count = count
    self.mean = mean
    self.sumOfSquares = sumOfSquares
  }

  /// How many numbers make a row.
  package var width: Int { mean.count }

  /// Whether these are moments of rows of so many numbers: what was read from a file may be anything.
  func isRows(of width: Int) -> Bool {
    count >= 0 && mean.count == width && sumOfSquares.count == width
      && sumOfSquares.allSatisfy { $0 >= 0 }
  }

  /// Whether all moments are numbers.
  var isFinite: Bool { mean.allSatisfy(\.isFinite) && sumOfSquares.allSatisfy(\.isFinite) }

  /// S/n by coordinate; 1 before there are rows.
  package var variance: [Double] {
    count > 0 ? sumOfSquares.map { $0 / Double(count) } : mean.map { _ in 1 }
  }

  /// Takes in rows.
  package mutating func add(_ rows: [Double]) {
    precondition(
      width > 0 && rows.count.isMultiple(of: width), "\(rows.count) numbers are no rows of \(width)"
    )
    guard !rows.isEmpty else { return }
    var batch = RunningMoments(width: width)
    batch.count = rows.count / width
    for column in 0..<width {
      var sum = 0.0
      for index in stride(from: column, to: rows.count, by: width) { sum += rows[index] }
      let mean = sum / Double(batch.count)
      var squares = 0.0
      for index in stride(from: column, to: rows.count, by: width) {
        squares += (rows[index] - mean) * (rows[index] - mean)
      }
      batch.mean[column] = mean
      batch.sumOfSquares[column] = squares
    }
    merge(batch)
  }

  /// Takes in what others saw.
  package mutating func merge(_ other: RunningMoments) {
    precondition(other.width == width, "rows of \(other.width) among rows of \(width)")
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let share = Double(other.count) / total
    for column in 0..<width {
      let difference = other.mean[column] - mean[column]
      mean[column] += difference * share
      sumOfSquares[column] +=
        other.sumOfSquares[column] + difference * difference * Double(count) * share
    }
    count += other.count
  }
}
