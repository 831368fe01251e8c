/// How the bias of a ratio of sums falls with what is summed up: like 1/N.
///
/// A ratio's expectation is not the ratio of the expectations, which is what its twin is. The bias is given
/// along the twin's gradient g and relative to it, (E ĝ − g)·g / ‖g‖², each time as the mean of something
/// that expects just that and scatters little, at about equal precision for every N.
///
/// Source: Cochran, "Sampling Techniques", 3rd ed. 1977, §6.8; Owen, "Monte Carlo theory, methods and
/// examples", §9.2.
package struct RatioBias: Sendable, Equatable, Codable {
  /// The estimator.
  package var name: String
  /// The unit that N counts.
  package var variable: Variable
  /// N.
  package var sizes: [Int]
  /// The relative bias by size.
  package var bias: [SampleMean]
  /// The slope of ln |bias| against ln N; nil where some bias is within three standard errors of 0, or
  /// their signs differ.
  package var slope: SlopeFit?

  /// The units that N may count.
  package enum Variable: String, Sendable, Codable {
    /// Trajectories of an estimate, whose rows it is divided by.
    case trajectories
    /// Actions tried in a state, whose ratios π/q they are divided by.
    case actions
  }

  init(_ name: String, _ variable: Variable, _ sizes: [Int], _ bias: [SampleMean]) {
    self.name = name
    self.variable = variable
    self.sizes = sizes
    self.bias = bias
    let sign = bias.first.map { $0.mean < 0 ? -1.0 : 1 } ?? 1
    let isClear = bias.allSatisfy { sign * $0.mean > 3 * $0.standardError }
    slope =
      isClear && bias.count > 2
      ? SlopeFit(power: sizes.map { Double($0) }, bias.map { $0.scaled(sign) }) : nil
  }
}
