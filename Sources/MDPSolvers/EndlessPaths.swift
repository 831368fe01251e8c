/// Why a model without discounting has no value to give: some path never ends.
public enum EndlessPaths: Sendable, Equatable {
  /// Under a policy, no path from a state ends. The policy's name is nil where nobody said.
  case policy(String?, state: String)
  /// No policy at all ends from a state.
  case everyPolicy(state: String)
  /// Going on for ever from a state gains without bound: there is no optimal policy.
  case gain(state: String)
  /// Going on for ever from a state costs nothing, while every way to end does: no policy that ends is
  /// optimal.
  case free(state: String)
  /// A cycle whose rewards cancel leads back to a state from which every way to end costs: the return of
  /// going round for ever does not settle, so that there is nothing to compare with ending.
  case cancelling(state: String)

  /// The problem and its remedy, as a sentence for the user.
  public var message: String {
    switch self {
    case .policy(let name, let state):
      """
      from state "\(state)" the policy\(name.map { " \($0)" } ?? "") never reaches a terminal state, and \
      with discount 1 its values do not exist; choose a policy under which every path ends, or a \
      discount below 1
      """
    case .everyPolicy(let state):
      """
      from state "\(state)" no policy reaches a terminal state, and with discount 1 no values exist; \
      correct the transitions, or choose a discount below 1
      """
    case .gain(let state):
      """
      with discount 1 the optimal return has no bound: from state "\(state)" a cycle gains each time \
      round, without end; correct its rewards, or choose a discount below 1
      """
    case .free(let state):
      """
      with discount 1 no policy that ends is optimal: from state "\(state)" going on without end costs \
      nothing, and every way to end does; correct the rewards, or choose a discount below 1
      """
    case .cancelling(let state):
      """
      with discount 1 no optimal return exists: from state "\(state)" a cycle whose rewards cancel leads \
      back to it again and again, and every way to end from there costs; correct the rewards, or choose \
      a discount below 1
      """
    }
  }
}
