/// V and ρ of one policy as float64 elimination delivered them.
public struct PolicySolution: Sendable {
  /// V by state; 0 at terminal states.
  public var stateValues: [Double]
  /// ρ by state, unnormalised, terminal states included.
  public var stateVisitation: [Double]
  /// ‖I − γP_π‖∞ over the live states, which is also the 1-norm of its transpose.
  public var systemNorm: Double
  /// The order of the system: the number of live states.
  public var order: Int

  public init(
    stateValues: [Double], stateVisitation: [Double], systemNorm: Double, order: Int
  ) {
    self.stateValues = stateValues
    self.stateVisitation = stateVisitation
    self.systemNorm = systemNorm
    self.order = order
  }
}
