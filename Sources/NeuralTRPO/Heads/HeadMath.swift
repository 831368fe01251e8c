internal import RealModule

/// The functions that heads compute in double precision whatever their numbers.
enum HeadMath {
  /// eᵘ − 1 − u, at least 0: the term from which divergences are summed without cancellation.
  @inline(__always) static func exponentialExcess(_ u: Double) -> Double {
    // A series where the difference would cancel: the next term is below 1e-17 of the first.
    guard abs(u) < 1e-3 else { return Double.expMinusOne(u) - u }
    return u * u * (0.5 + u * (1.0 / 6 + u * (1.0 / 24 + u * (1.0 / 120 + u / 720))))
  }
}
