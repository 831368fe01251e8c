/// Holm's adjustment of several tests: the chance of any false alarm among all stays below the level at which
/// adjusted probabilities are judged, whatever the tests have to do with each other.
///
///     p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎),   p₍₁₎ ≤ … ≤ p₍ₘ₎
///
/// Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6,
/// 1979.
public enum HolmAdjustment {
  /// The adjusted probabilities, in the order of the given ones.
  ///
  /// - Precondition: each is in [0, 1].
  public static func adjusted(_ probabilities: [Double]) -> [Double] {
    precondition(
      probabilities.allSatisfy { $0 >= 0 && $0 <= 1 }, "probabilities beyond [0, 1]")
    var adjusted = probabilities
    var largest = 0.0
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    for (rank, place) in order.enumerated() {
      let factor = Double(probabilities.count - rank)
      largest = max(largest, min(1, factor * probabilities[place]))
      adjusted[place] = largest
    }
    return adjusted
  }
}
