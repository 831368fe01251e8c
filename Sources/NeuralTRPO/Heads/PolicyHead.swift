public import MonotoneProbability

/// The family of distributions over actions that a network's outputs are the parameters of.
///
/// An action is a row of `actionWidth` numbers: indices of a categorical choice, or coordinates.
/// Beside the outputs y(s) a head may have parameters ψ of its own, the same in every state; they
/// stand after the network's in the flat vector of a policy.
///
/// Every divergence and probability of a row is the *sum* over the action's parts, never the mean: a
/// trust region on the joint distribution, whatever its dimension.
///
/// Everything works on blocks of rows, so that a call through the protocol costs nothing a row; the
/// implementations are specialised for Float and Double.
public protocol PolicyHead: Sendable {
  /// How many outputs of the network describe one distribution.
  var outputs: Int { get }
  /// How many numbers make an action.
  var actionWidth: Int { get }
  /// How many parameters ψ the head has.
  var parameterCount: Int { get }
  /// The name of the tensor of ψ in written networks, after `policy.`; of no matter where there is no ψ.
  var parameterName: String { get }
  /// The meaning of the outputs and ψ, for readers of written networks.
  var meaning: String { get }
  /// The number of choices of each part of an action; nil where actions are coordinates.
  var choices: [Int]? { get }
  /// The mean standard deviation of an action's coordinates under ψ; nil where actions are choices.
  func meanDeviation(_ parameters: [Double]) -> Double?

  /// Draws an action a row; row i from stream i.
  func sample<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, from streams: inout [RandomStream],
    into actions: UnsafeMutablePointer<Number>)

  /// The most likely action of each row.
  func modes<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into actions: UnsafeMutablePointer<Number>)

  /// ln π(a) of each row.
  func logProbabilities<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    into results: UnsafeMutablePointer<Number>)

  /// Writes weight · ∂ ln π(a)/∂y of each row, and adds weight · ∂ ln π(a)/∂ψ to a gradient.
  func scores<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, weights: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    into cotangents: UnsafeMutablePointer<Number>,
    addingTo gradient: UnsafeMutablePointer<Number>)

  /// KL(old‖new) of each row.
  func divergences<Number: NetworkNumber>(
    from old: HeadBlock<Number>, to new: HeadBlock<Number>,
    into results: UnsafeMutablePointer<Number>)

  /// The entropy of each row.
  func entropies<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into results: UnsafeMutablePointer<Number>)

  /// How many numbers a row the metric of the outputs takes.
  var metricWidth: Int { get }

  /// Writes what ``applyMetric(_:_:weights:tangents:headTangent:addingTo:)`` needs of each row, once
  /// for the many products with it.
  func takeMetric<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into metric: UnsafeMutablePointer<Number>)

  /// weight · M t of each row, where M = ∂² KL(old‖·)/∂(y, ψ)² at the old distribution: the Fisher
  /// metric of the head. Replaces the tangents of y in place, and adds what falls on ψ.
  func applyMetric<Number: NetworkNumber>(
    _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>, weights: UnsafePointer<Number>,
    tangents: UnsafeMutablePointer<Number>, headTangent: UnsafePointer<Number>,
    addingTo result: UnsafeMutablePointer<Number>)

  /// weight · s (sᵀt) of each row, where s = ∂ ln π(a)/∂(y, ψ): the row's summand of the empirical Fisher
  /// matrix. Replaces the tangents of y in place, and adds what falls on ψ.
  func applyScores<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    weights: UnsafePointer<Number>, tangents: UnsafeMutablePointer<Number>,
    headTangent: UnsafePointer<Number>, addingTo result: UnsafeMutablePointer<Number>)

  /// tᵀMt of each row.
  func curvatures<Number: NetworkNumber>(
    _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>, tangents: UnsafePointer<Number>,
    headTangent: UnsafePointer<Number>, into results: UnsafeMutablePointer<Number>)
}

/// The outputs of a network for some rows, and the head's own parameters.
public struct HeadBlock<Number: NetworkNumber> {
  /// y, row by row.
  public var outputs: UnsafePointer<Number>
  /// ψ; not read by heads without parameters.
  public var parameters: UnsafePointer<Number>
  /// The number of rows.
  public var rows: Int

  /// A view of outputs and parameters, which must outlive it.
  public init(
    outputs: UnsafePointer<Number>, parameters: UnsafePointer<Number>, rows: Int
  ) {
    self.outputs = outputs
    self.parameters = parameters
    self.rows = rows
  }
}
