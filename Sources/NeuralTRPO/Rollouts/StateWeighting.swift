internal import RealModule

/// The weight of a row in the estimates of an update.
public enum StateWeighting: String, Sendable, CaseIterable {
  /// 1/N each: what practice does. States are weighted as they are met.
  case undiscounted
  /// γᵗ/n, with t the steps since the row's episode began and n the number of episodes begun: what
  /// the theory says. A sum over rows then estimates Σ_s ρ_π(s) …, whose weights sum to 1/(1 − γ)
  /// where episodes do not end.
  case discounted

  /// The weight of each row.
  package func weights<Number: NetworkNumber>(
    of rollout: Rollout<Number>, discount: Double
  ) -> [Double] {
    let rows = rollout.rows
    switch self {
    case .undiscounted: return [Double](repeating: 1 / Double(max(rows, 1)), count: rows)
    case .discounted:
      let begun = Double(max(1, rollout.times.count { $0 == 0 }))
      return rollout.times.map { Double.pow(discount, Int($0)) / begun }
    }
  }
}
