internal import MonotoneArithmetic
internal import MDPCore

/// The policy format `monotone/policy/v1`, every number a string: exact, whatever reads it.
struct PolicyJSON: Encodable {
  var schema = "monotone/policy/v1"
  var mdp: String
  var probabilities: [String: [String: String]]

  init(_ policy: ExactPolicy, mdp: String) {
    let space = policy.space
    self.mdp = mdp
    probabilities = Dictionary(
      uniqueKeysWithValues: space.liveStates.map { state in
        let taken = space.pairs(of: state).filter { !policy[$0].isExactlyZero }
        let row = taken.map { (space.actionName(ofPair: $0), policy[$0].description) }
        return (space.states[state], Dictionary(uniqueKeysWithValues: row))
      })
  }
}
