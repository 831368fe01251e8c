internal import MonotoneFiles
internal import MonotoneArithmetic
public import MDPCore
internal import MDPFormats

/// A model and a chain of policies of it, each an update of the one before.
public struct SequenceInput: Sendable {
  /// The model.
  public let mdp: MDPDocument
  /// π₀, π₁, …; at least two.
  public let policies: [ExactPolicy]

  init(draft: ModelDraft) {
    let mdp = draft.document
    self.mdp = mdp
    policies = (0..<draft.policyCount).map { draft.policy($0, for: mdp) }
  }

  /// The updates from each policy to the next.
  public var updates: [UpdateInput] {
    zip(policies, policies.dropFirst()).map {
      UpdateInput(mdp: mdp, current: $0, candidate: $1)
    }
  }
}

extension SequenceInput: CustomStringConvertible {
  public var description: String {
    InputText.model(mdp)
      + policies.enumerated().map { InputText.policy($1, "policy \($0)") }.joined(separator: "\n")
  }
}

extension SequenceInput: Counterexample {
  public var files: [CounterexampleFile] {
    [CounterexampleFile(suffix: "mdp.json", text: MDPWriter.write(mdp))]
      + policies.enumerated().map { index, policy in
        CounterexampleFile(
          suffix: "\(index).policy.json", text: PolicyWriter.write(policy, mdp: mdp.name))
      }
  }

  public init(reading stem: String) throws {
    let mdp = try MDPReader.read(InputBytes(path: "\(stem).mdp.json"))
    var policies: [ExactPolicy] = []
    while policies.count < 2 || FileSystem.exists("\(stem).\(policies.count).policy.json") {
      let bytes = try InputBytes(path: "\(stem).\(policies.count).policy.json")
      policies.append(try PolicyReader.read(bytes, for: mdp).policy)
    }
    self.mdp = mdp
    self.policies = policies
  }

  public static func command(reading stem: String) -> String? {
    ShellWord.line([
      "monotone", "check", "\(stem).mdp.json", "--current", "\(stem).0.policy.json",
      "--candidate", "\(stem).1.policy.json",
    ])
  }
}
