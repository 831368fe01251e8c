internal import MonotoneArithmetic
public import MDPCore
internal import MDPFormats
internal import MonotoneFiles

/// A model and an update of a policy of it: what most properties speak of.
public struct UpdateInput: Sendable {
  /// The model.
  public let mdp: MDPDocument
  /// π.
  public let current: ExactPolicy
  /// π̃.
  public let candidate: ExactPolicy

  /// A model, π and π̃.
  public init(mdp: MDPDocument, current: ExactPolicy, candidate: ExactPolicy) {
    self.mdp = mdp
    self.current = current
    self.candidate = candidate
  }

  init(draft: ModelDraft) {
    mdp = draft.document
    current = draft.policy(0, for: mdp)
    candidate = draft.policy(1, for: mdp)
  }

  /// The input with everything simpler that could stand in its place; nothing, where its numbers are
  /// too long to work on.
  public var shrinkable: Shrinkable<UpdateInput> {
    do throws(NotSmall) {
      let draft = try ModelDraft(mdp, [current, candidate])
      return Shrinkable(draft) { $0.simpler() }.map(UpdateInput.init(draft:))
    } catch {
      return Shrinkable(self)
    }
  }
}

extension UpdateInput: CustomStringConvertible {
  public var description: String {
    InputText.model(mdp) + InputText.policy(current, "current") + "\n"
      + InputText.policy(candidate, "candidate")
  }
}

extension UpdateInput: Counterexample {
  public var files: [CounterexampleFile] {
    [
      CounterexampleFile(suffix: "mdp.json", text: MDPWriter.write(mdp)),
      CounterexampleFile(
        suffix: "current.policy.json", text: PolicyWriter.write(current, mdp: mdp.name)),
      CounterexampleFile(
        suffix: "candidate.policy.json", text: PolicyWriter.write(candidate, mdp: mdp.name)),
    ]
  }

  public init(reading stem: String) throws {
    let paths = Self.paths(under: stem)
    let mdp = try MDPReader.read(InputBytes(path: paths.mdp))
    func policy(_ path: String) throws -> ExactPolicy {
      try PolicyReader.read(InputBytes(path: path), for: mdp).policy
    }
    self.init(
      mdp: mdp, current: try policy(paths.current), candidate: try policy(paths.candidate))
  }

  /// The files under a stem.
  public struct Paths: Sendable {
    /// The model's file.
    public var mdp: String
    /// The file of π.
    public var current: String
    /// The file of π̃.
    public var candidate: String
  }

  /// The files under a stem.
  public static func paths(under stem: String) -> Paths {
    Paths(
      mdp: "\(stem).mdp.json", current: "\(stem).current.policy.json",
      candidate: "\(stem).candidate.policy.json")
  }

  public static func command(reading stem: String) -> String? {
    let paths = paths(under: stem)
    return ShellWord.line([
      "monotone", "check", paths.mdp, "--current", paths.current, "--candidate", paths.candidate,
    ])
  }
}
