/// V and ρ of one policy as float64 elimination delivered them.
public struct PolicySolution: Sendable {
  /// V by state; 0 at terminal states.
  public var stateValues: [Double]
  /// ρ by state, unnormalised, terminal states included.
  public var stateVisitation: [Double]
  /// The order of the system: the number of live states.
  public var order: Int

  public init(stateValues: [Double], stateVisitation: [Double], order: Int) {
    self.stateValues = stateValues
    self.stateVisitation = stateVisitation
    self.order = order
  }
}
