internal import MonotoneArithmetic
public import MDPCore
internal import MDPFormats
internal import MonotoneFiles

/// A model and a policy of it.
public struct PolicyInput: Sendable {
  /// The model.
  public let mdp: MDPDocument
  /// π.
  public let policy: ExactPolicy

  /// A model and a policy for it.
  public init(mdp: MDPDocument, policy: ExactPolicy) {
    self.mdp = mdp
    self.policy = policy
  }

  init(draft: ModelDraft) {
    mdp = draft.document
    policy = draft.policy(0, for: mdp)
  }
}

extension PolicyInput: CustomStringConvertible {
  public var description: String { InputText.model(mdp) + InputText.policy(policy, "policy") }
}

extension PolicyInput: Counterexample {
  public var files: [CounterexampleFile] {
    [
      CounterexampleFile(suffix: "mdp.json", text: MDPWriter.write(mdp)),
      CounterexampleFile(suffix: "policy.json", text: PolicyWriter.write(policy, mdp: mdp.name)),
    ]
  }

  public init(reading stem: String) throws {
    let mdp = try MDPReader.read(InputBytes(path: "\(stem).mdp.json"))
    self.init(
      mdp: mdp,
      policy: try PolicyReader.read(InputBytes(path: "\(stem).policy.json"), for: mdp).policy)
  }

  public static func command(reading stem: String) -> String? {
    ShellWord.line([
      "monotone", "solve", "\(stem).mdp.json", "--policy", "\(stem).policy.json",
    ])
  }
}

extension MDPDocument: Counterexample {
  public var summary: String { InputText.model(self) }

  public var files: [CounterexampleFile] {
    [CounterexampleFile(suffix: "mdp.json", text: MDPWriter.write(self))]
  }

  public init(reading stem: String) throws {
    self = try MDPReader.read(InputBytes(path: "\(stem).mdp.json"))
  }

  public static func command(reading stem: String) -> String? {
    ShellWord.line(["monotone", "solve", "\(stem).mdp.json"])
  }
}
