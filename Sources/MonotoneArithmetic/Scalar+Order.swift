extension Scalar {
  /// Whether a number counts as the larger of two: for certain, or where their order is open by its
  /// approximation. Exact numbers are told apart however close, however large.
  @inlinable public func isAbove(_ other: Self) -> Bool {
    let lead = self - other
    return lead.isPositive == .yes || lead.approximation > 0
  }
}

extension Extended {
  /// Whether a number is above another in the order of ``Scalar/isAbove(_:)``, with nothing above +∞.
  @inlinable public func isAbove(_ other: Self) -> Bool {
    switch (self, other) {
    case (.finite(let mine), .finite(let theirs)): mine.isAbove(theirs)
    case (.infinity, .finite): true
    case (_, .infinity): false
    }
  }
}
