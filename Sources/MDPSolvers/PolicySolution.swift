/// V and ρ of one policy as float64 elimination delivered them.
public struct PolicySolution: Sendable {
  /// V by state; 0 at terminal states.
  public var stateValues: [Double]
  /// ρ by state, unnormalised, terminal states included.
  public var stateVisitation: [Double]
  /// The order of the system: the number of live states.
  public var order: Int
  /// The expected number of steps by state, 0 at terminal states; nil for γ < 1.
  public var expectedSteps: [Double]?

  /// A solution from its parts.
  public init(
    stateValues: [Double], stateVisitation: [Double], order: Int, expectedSteps: [Double]? = nil
  ) {
    self.stateValues = stateValues
    self.stateVisitation = stateVisitation
    self.order = order
    self.expectedSteps = expectedSteps
  }
}
