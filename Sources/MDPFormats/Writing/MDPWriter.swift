internal import MonotoneFiles
internal import MonotoneArithmetic
public import MDPCore

/// Writes finite MDPs in the format `monotone/mdp/v1`, for people as much as for programs: one
/// transition row a line.
///
/// The text reads back as an equal document, numbers as exact as they were, with three
/// provisos that change no expected reward: rewards that are all 0 are not written; where the
/// form has room for one kind of reward only (a sparse row, all of a dense file) the coarser kinds
/// are added to the finer; and rows that were read with a wider tolerance than the format's are
/// written divided by their sums.
public enum MDPWriter {
  /// How transitions are laid out.
  public enum Form: String, Sendable, CaseIterable {
    /// One object a row, naming states and actions; only what is not 0.
    case sparse
    /// Arrays `[state][action][nextState]`.
    case dense
  }

  /// The text of a document.
  ///
  /// Complexity: linear in the size of the text, which in dense form is that of all states ×
  /// actions × states.
  public static func write(_ document: MDPDocument, form: Form = .sparse) -> String {
    let document = document.withinTolerance
    var output = "{\n"
    member("schema", to: &output) { JSONText.appendQuoted(FileSchema.mdp.rawValue, to: &$0) }
    member("name", to: &output) { JSONText.appendQuoted(document.name, to: &$0) }
    for (key, text) in [("description", document.description), ("source", document.source)] {
      guard let text else { continue }
      member(key, to: &output) { JSONText.appendQuoted(text, to: &$0) }
    }
    member("discount", to: &output) { $0 += document.discount.json }
    member("states", to: &output) { names(document.space.states, to: &$0) }
    member("actions", to: &output) { names(document.space.actions, to: &$0) }
    switch form {
    case .sparse: SparseMDPWriter(document: document).write(to: &output)
    case .dense: DenseMDPWriter(document: document).write(to: &output)
    }
    if !document.features.isEmpty {
      output += ",\n  \"features\": [\n"
      for (state, vector) in document.features.enumerated() {
        output += state == 0 ? "    " : ",\n    "
        output.appendList(vector, "[", "]") { $1 += $0.json }
      }
      output += "\n  ]"
    }
    output += "\n}\n"
    return output
  }

  /// Writes a member that is not the last.
  static func member(_ key: String, to output: inout String, _ value: (inout String) -> Void) {
    output += "  \"\(key)\": "
    value(&output)
    output += ",\n"
  }

  private static func names(_ names: Names, to output: inout String) {
    if names.isCount {
      output += String(names.count)
    } else {
      output.appendList(names, "[", "]") { JSONText.appendQuoted($0, to: &$1) }
    }
  }

  /// Writes `terminal`, if there are any.
  static func terminal(of space: StateActionSpace, to output: inout String) {
    let terminal = space.isTerminal.indices.filter { space.isTerminal[$0] }
    guard !terminal.isEmpty else { return }
    member("terminal", to: &output) {
      $0.appendList(terminal, "[", "]") { JSONText.appendQuoted(space.states[$0], to: &$1) }
    }
  }
}
