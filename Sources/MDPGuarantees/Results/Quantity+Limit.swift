public import MonotoneArithmetic

extension Quantity {
  /// Whether the number is at most a limit, as far as its enclosure decides.
  public func isAtMost(_ limit: Double) -> Verdict {
    if case .enclosure(let midpoint, let radius) = self {
      // Sums of two doubles, rounded once: a step outward decides nothing too much.
      if (midpoint + radius).nextUp <= limit { return .holds }
      return (midpoint - radius).nextDown > limit ? .violated : .undecided
    }
    if approximation <= limit { return .holds }
    return approximation > limit ? .violated : .undecided
  }
}
