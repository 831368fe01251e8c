/// A numbered part of Schulman et al. 2015, and where this project proves, computes or measures it.
///
/// Numbers are those of the fifth arXiv version, 1502.05477v5 (2017).
package struct PaperItem: Sendable {
  /// The kinds of parts, in the order of the map.
  package enum Kind: String, Sendable, CaseIterable {
    case equation = "Eq."
    case theorem = "Theorem"
    case proposition = "Proposition"
    case algorithm = "Algorithm"
    case table = "Table"
    case figure = "Figure"
  }

  /// An answer to "where?".
  package enum Answer: Sendable {
    /// Claims that are proved or refuted on every update; each has a certificate.
    case claims([String])
    /// A command that computes it.
    case command(String)
    /// A figure of this report that measures it.
    case figure(String)
    /// A remark: where else it stands.
    case remark(String)
    /// Not done: why, and what it would cost.
    case absent(String, cost: String)
  }

  package var kind: Kind
  package var number: Int
  /// Its content in the words of this project.
  package var content: String
  package var answers: [Answer]

  init(_ kind: Kind, _ number: Int, _ content: String, _ answers: Answer...) {
    (self.kind, self.number, self.content, self.answers) = (kind, number, content, answers)
  }

  /// As it is cited: `Eq. 9`.
  package var label: String { "\(kind.rawValue) \(number)" }
}

extension PaperItem.Answer {
  /// One claim or several.
  static func claim(_ ids: String...) -> Self { .claims(ids) }

  /// The command that checks a claim on an update of the smallest model.
  static func check(_ claim: String) -> Self {
    .command(
      "monotone check mdps/racing.json --current uniform --candidate 'greedy(uniform)' --claim \(claim)"
    )
  }

  /// The command that follows a rule on the smallest model.
  static func rule(_ name: String, _ options: String = "") -> Self {
    .command("monotone improve mdps/racing.json --rule \(name)\(options)")
  }

  /// A line of a proof whose result is checked under another number.
  static func step(of equation: Int) -> Self {
    .absent(
      "A line of a proof; its result, Eq. \(equation), is what is checked.",
      cost: "an algebra system; no number of an update could refute it alone")
  }
}
