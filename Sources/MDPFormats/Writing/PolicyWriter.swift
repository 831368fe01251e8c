internal import MonotoneFiles
internal import MonotoneArithmetic
public import MDPCore

/// Writes policies in the format `monotone/policy/v1`: one live state a line, actions that are
/// never taken left out.
public enum PolicyWriter {
  /// The text of a policy; it reads back as an equal policy.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - mdp: The name of the model that it is for.
  public static func write(_ policy: ExactPolicy, mdp: String) -> String {
    let space = policy.space
    var output = "{\n"
    MDPWriter.member("schema", to: &output) {
      JSONText.appendQuoted(FileSchema.policy.rawValue, to: &$0)
    }
    MDPWriter.member("mdp", to: &output) { JSONText.appendQuoted(mdp, to: &$0) }
    output += "  \"probabilities\": {"
    var isFirst = true
    for state in space.liveStates {
      output += isFirst ? "\n    " : ",\n    "
      isFirst = false
      JSONText.appendQuoted(space.states[state], to: &output)
      output += ": "
      let taken = space.pairs(of: state).filter { !policy[$0].isExactlyZero }
      output.appendList(taken, "{", "}") { pair, output in
        JSONText.appendQuoted(space.actionName(ofPair: pair), to: &output)
        output += ": "
        output += ExactNumber(policy[pair]).json
      }
    }
    output += isFirst ? "}\n}\n" : "\n  }\n}\n"
    return output
  }
}
