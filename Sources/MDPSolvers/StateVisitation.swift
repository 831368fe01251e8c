public import MonotoneArithmetic

/// The discounted state visitation ρ_π(s) = Σ_t γ^t Pr(s_t = s), unnormalised.
///
/// Its error is known in the 1-norm: the states' errors add up to at most `massError`. Sums
/// against a function use that, Σ ρ f = Σ ρ̂ f ± massError · max |f|, which is sharper by the
/// number of states than giving every state the whole error.
///
/// States that are never visited are known as such: there ρ = 0 without error, so that nothing they
/// say counts, not even an infinite divergence.
///
/// Source: Schulman et al. 2015, §2. Σ_s ρ_π(s) = 1/(1 − γ).
public struct StateVisitation<Number: Scalar>: Sendable {
  /// ρ̂ by state, terminal states included.
  public let mass: [Number]
  /// A bound on ‖ρ − ρ̂‖₁.
  public let massError: Number
  /// Whether ρ(s) > 0, by state.
  public let isVisited: [Bool]

  /// A visitation.
  ///
  /// - Precondition: `mass` is exactly zero at states that are not visited.
  public init(mass: [Number], massError: Number, isVisited: [Bool]) {
    precondition(
      mass.count == isVisited.count,
      "visitations of \(mass.count) states, visited or not for \(isVisited.count)")
    self.mass = mass
    self.massError = massError
    self.isVisited = isVisited
  }

  /// ρ(s).
  @inlinable public subscript(state: Int) -> Number {
    isVisited[state] ? mass[state].widened(by: massError) : .zero
  }

  /// Σ_s ρ(s).
  @inlinable public var total: Number { sum { _ in .one } }

  /// Σ_s ρ(s) f(s).
  @_specialize(where Number == TrackedDouble)
  @inlinable public func sum(_ function: (_ state: Int) -> Number) -> Number {
    let values = mass.indices.map { isVisited[$0] ? function($0) : .zero }
    let sum = Number.sum(over: mass.indices, { mass[$0] }, times: { values[$0] })
    if massError.isExactlyZero { return sum }
    let largest = values.reduce(.zero) { Number.maximum($0, $1.magnitude) }
    return sum.widened(by: massError * largest)
  }

  /// Σ_s ρ(s) f(s) for a divergence f, with 0 · ∞ = 0 at states that are never visited.
  @inlinable public func sum(
    divergence function: (_ state: Int) -> Extended<Number.Real>
  ) -> Extended<Number.Real> {
    var sum = Number.Real.zero
    var largest = Number.Real.zero
    for state in mass.indices where isVisited[state] {
      guard case .finite(let value) = function(state) else { return .infinity }
      sum += mass[state].real * value
      largest = Number.Real.maximum(largest, value.magnitude)
    }
    return .finite(sum.widened(by: massError.real * largest))
  }
}
