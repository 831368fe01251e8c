internal import MonotoneArithmetic
internal import MDPVerification

extension ModelVerification {
  /// η of the optimal policy, and whether that is no more than a lower end.
  var optimalReturnText: String {
    NumberFormat.text(optimalReturn) + (isOptimumProved ? "" : " (not proved optimal)")
  }
}
