/// A sum of numbers and products whose rounding errors are summed beside it.
///
/// Meaning: the exact sum is close to `high` + `low`, as if computed with twice the digits of float64.
///
/// **Theorem.** After m additions of terms t_i, each a number or a product of two, with u = 2⁻⁵³ and m ≤ 2³¹,
///
///     |Σ t_i − (high + low)| ≤ (2mu)² (1 + 2⁻²⁰) Σ |t_i| + m 2⁻¹⁰⁷⁴.
///
/// *Proof.* A sum a + b and a product a·b of float64 numbers miss their float64 values by errors that are
/// float64 numbers themselves, of at most u times the value: Knuth's sum finds the one, a fused product the
/// other, but for at most 2⁻¹⁰⁷⁴ where the product underflows. So the exact sum is `high` plus at most 2m
/// errors e_j, and Σ |e_j| ≤ γ_m Σ |t_i| with γ_m = mu/(1 − mu), since each term goes through at most m
/// roundings. `low` is the float64 sum of the e_j, which misses theirs by at most γ_2m Σ |e_j|. And
/// γ_m γ_2m ≤ (2mu)² (1 + 2⁻²⁰) for m ≤ 2³¹. ∎
///
/// Source: Ogita, Rump and Oishi 2005, *Accurate sum and dot product*, algorithms 4.3 and 5.3.
@frozen public struct CompensatedSum: Sendable {
  /// The float64 sum.
  public var high = 0.0
  /// The float64 sum of its rounding errors.
  public var low = 0.0

  /// The empty sum.
  @inlinable public init() {}

  /// Adds a number.
  @inlinable public mutating func add(_ term: Double) {
    let sum = high + term
    let part = sum - high
    low += (high - (sum - part)) + (term - part)
    high = sum
  }

  /// Adds a product.
  @inlinable public mutating func add(_ a: Double, times b: Double) {
    let product = a * b
    let error = (-product).addingProduct(a, b)
    add(product)
    low += error
  }

  /// The most terms that the bound speaks of.
  public static let mostTerms = 1 << 31

  /// An upper bound of |Σ t_i − (high + low)|.
  ///
  /// - Parameters:
  ///   - terms: m, at most ``mostTerms``.
  ///   - magnitude: An upper bound of Σ |t_i|.
  @inlinable public static func errorBound(terms: Int, magnitude: Double) -> Double {
    precondition(terms <= mostTerms, "\(terms) terms; the bound holds up to \(mostTerms)")
    let relative = Double(2 * terms) * 0x1p-53
    return relative * relative * (1 + 0x1p-19) * magnitude
      + Double(2 * terms + 2) * .leastNonzeroMagnitude
  }

  /// The sum with a bound on its error.
  @inlinable public func tracked(terms: Int, magnitude: Double) -> TrackedDouble {
    TrackedDouble(high)
      + TrackedDouble(
        value: low, error: Self.errorBound(terms: terms, magnitude: magnitude))
  }
}
