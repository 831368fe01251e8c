/// The numbers of one state that the convex rules need, beside its pairs' numbers in ``TradeOffs``.
struct StateTradeOff {
  /// The state's pairs.
  var pairs: Range<Int>
  /// d(s) = ρ(s)/Σρ.
  var share: Double
  /// Whether ρ(s) > 0.
  var isVisited: Bool
  /// The unit of the state's numbers as a multiple of the common one.
  var scale: Double
  /// Advantages closer than this cannot be told apart.
  var tolerance: Double
  /// max e over the actions that π takes; 0 if these are level.
  var supportedBest: Double
  /// max e over the other actions, where it is above `supportedBest`.
  var unsupportedBest: Double?
  /// Σ π e²; 0 if the actions that π takes are level.
  var variance: Double
  /// Where unsupported actions begin to receive mass; nil where none ever does.
  var knee: Point?

  /// Whether some action is better than π by more than the error bounds.
  var canGain: Bool { variance > 0 || unsupportedBest != nil }

  /// A state's best policy at some price of divergence.
  struct Point {
    /// t = ν − max A over supported actions: how far the price of probability is above them.
    var slack: Double
    /// m: the mass on actions that π never takes.
    var moved = 0.0
    /// KL(π‖p).
    var divergence: Double
    /// κ: what a unit of divergence gains.
    var multiplier: Double
    /// −d KL / d ln κ.
    var response: Double
  }
}
