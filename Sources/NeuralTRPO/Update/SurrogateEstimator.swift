internal import RealModule

/// How the rows of a batch are summed up into the surrogate L, as a function of the ratios
/// ρ_i = π_θ(a_i|s_i)/π_old(a_i|s_i).
///
/// With weights w, advantages A and r_i = ρ_i · π_old/q, the ratio to what the actions were drawn from,
///
///     L = Σ_i w_i r_i A_i                               by default
///     L = Σ_g w_g (Σ_{i∈g} r_i A_i) / (Σ_{i∈g} r_i)     in groups of K actions of one state, one
///                                                       after the other; w_g = Σ_{i∈g} w_i
///
/// The second is self-normalised: unlike the first it does not change when a constant is added to
/// every A of a state.
///
/// Source: Schulman et al. 2015, eq. 14 and 16.
final class SurrogateEstimator<Number: NetworkNumber> {
  private let advantages: NetworkBuffer<Number>
  private let weights: NetworkBuffer<Number>
  /// π_old/q.
  private let importance: NetworkBuffer<Number>
  /// See ``actionWeights``.
  private let shares: NetworkBuffer<Number>
  private var rows = 0
  private var groupSize: Int?

  init(capacity: Int) {
    advantages = .init(count: capacity)
    weights = .init(count: capacity)
    importance = .init(count: capacity)
    shares = .init(count: capacity)
  }

  /// Takes in rows; without weights each has 1/N, without importance q is π_old.
  func load(
    advantages: [Number], weights: [Number]?, importance: [Number]?, groupSize: Int?
  ) {
    rows = advantages.count
    precondition(
      weights?.count ?? rows == rows && importance?.count ?? rows == rows,
      """
      \(weights?.count ?? rows) weights and \(importance?.count ?? rows) ratios for \(rows) rows
      """)
    precondition(
      groupSize.map { $0 > 0 && rows % $0 == 0 } ?? true,
      "\(rows) rows in groups of \(groupSize ?? 0)")
    self.groupSize = groupSize
    self.advantages.set(advantages)
    self.weights.set(weights ?? [Number](repeating: 1 / Number(rows), count: rows))
    self.importance.set(importance ?? [Number](repeating: 1, count: rows))
    setShares()
  }

  private func setShares() {
    let size = groupSize ?? 1
    for start in stride(from: 0, to: rows, by: size) {
      let group = start..<(start + size)
      let (weight, total, _) = moments(group) { Double(importance.start[$0]) }
      let scale = groupSize == nil ? weight : weight / total
      for row in group { shares.start[row] = Number(scale * Double(importance.start[row])) }
    }
  }

  /// w, by row.
  var rowWeights: UnsafePointer<Number> { UnsafePointer(weights.start) }

  /// The weight of each row in an estimate of Σ_s w_s E_{a∼π_old}: w · π_old/q, in groups
  /// w_g (π_old/q) / Σ_{i∈g} (π_old/q).
  var actionWeights: UnsafePointer<Number> { UnsafePointer(shares.start) }

  /// Σ w of some rows.
  func totalWeight(of rows: Range<Int>) -> Double {
    rows.reduce(0) { $0 + Double(weights.start[$1]) }
  }

  /// Σ w x / Σ w of all rows.
  func mean(of values: [Double]) -> Double {
    values.indices.reduce(0) { $0 + Double(weights.start[$1]) * values[$1] }
      / totalWeight(of: values.indices)
  }

  /// L, from ln ρ by row.
  func value(logRatio: (_ row: Int) -> Double) -> Double {
    sum { row in Double(importance.start[row]) * Double.exp(logRatio(row)) }
  }

  /// The summand of L that comes from each row, from ln ρ by row.
  func contributions(logRatio: (_ row: Int) -> Double) -> [Double] {
    let ratios = (0..<rows).map { Double(importance.start[$0]) * Double.exp(logRatio($0)) }
    let size = groupSize ?? 1
    return stride(from: 0, to: rows, by: size).flatMap { start in
      let group = start..<(start + size)
      let (weight, total, _) = moments(group) { ratios[$0] }
      let scale = groupSize == nil ? weight : weight / total
      return group.map { scale * ratios[$0] * Double(advantages.start[$0]) }
    }
  }

  /// L where every ρ is 1.
  var valueAtOldPolicy: Double { sum { row in Double(importance.start[row]) } }

  /// ∂L/∂ ln ρ_i where every ρ is 1: what the score of each row is weighed with.
  func slopes(into slopes: UnsafeMutablePointer<Number>) {
    guard let groupSize else {
      for row in 0..<rows {
        slopes[row] = weights.start[row] * importance.start[row] * advantages.start[row]
      }
      return
    }
    for start in stride(from: 0, to: rows, by: groupSize) {
      let group = start..<(start + groupSize)
      let (weight, total, mean) = moments(group) { Double(importance.start[$0]) }
      for row in group {
        let share = Double(importance.start[row]) / total
        slopes[row] = Number(weight * share * (Double(advantages.start[row]) - mean))
      }
    }
  }

  /// L from r by row.
  private func sum(_ ratio: (_ row: Int) -> Double) -> Double {
    var sum = 0.0
    guard let groupSize else {
      for row in 0..<rows {
        sum += Double(weights.start[row]) * ratio(row) * Double(advantages.start[row])
      }
      return sum
    }
    for start in stride(from: 0, to: rows, by: groupSize) {
      let (weight, _, mean) = moments(start..<(start + groupSize), ratio)
      sum += weight * mean
    }
    return sum
  }

  /// w_g, Σ r and Σ r A / Σ r of a group.
  private func moments(
    _ group: Range<Int>, _ ratio: (_ row: Int) -> Double
  ) -> (weight: Double, total: Double, mean: Double) {
    var (weight, total, sum) = (0.0, 0.0, 0.0)
    for row in group {
      let r = ratio(row)
      weight += Double(weights.start[row])
      total += r
      sum += r * Double(advantages.start[row])
    }
    return (weight, total, sum / total)
  }
}
