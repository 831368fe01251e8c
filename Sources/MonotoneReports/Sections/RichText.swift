package import MDPGuarantees

/// Text of a report with what its parts are, so that a page, Markdown and a terminal can each show them in their
/// own way.
package struct RichText: Sendable, Equatable {
  /// A part of a text.
  package enum Piece: Sendable, Equatable {
    case plain(String)
    /// An identifier, or what else is written as in a program.
    case code(String)
    /// A mathematical statement, words between formulas included.
    case formula(String)
    /// Emphasised text.
    case strong(String)
    /// A verdict in its words and its colour.
    case verdict(Verdict, String)
    /// A command to be copied.
    case command(String)
    /// The name of another section, by its identifier.
    case link(String, to: String)
    /// A remark in small print, for pages alone.
    case note(String)
  }

  package var pieces: [Piece]

  package init(_ pieces: [Piece]) { self.pieces = pieces }

  package init(_ text: String) { pieces = [.plain(text)] }

  package static func code(_ text: String) -> RichText { .init([.code(text)]) }
  package static func formula(_ text: String) -> RichText { .init([.formula(text)]) }
  package static func strong(_ text: String) -> RichText { .init([.strong(text)]) }
  /// A remark; nothing where there is none.
  package static func note(_ text: String) -> RichText {
    .init(text.isEmpty ? [] : [.note(text)])
  }

  package static func command(_ text: String) -> RichText { .init([.command(text)]) }

  package static func link(_ text: String, to section: String) -> RichText {
    .init([.link(text, to: section)])
  }

  /// A verdict; a dash where there is none.
  package static func verdict(_ verdict: Verdict?) -> RichText {
    verdict.map { .init([.verdict($0, $0.words)]) } ?? "–"
  }

  /// Other words in the colour of a verdict.
  package static func verdict(_ verdict: Verdict, _ words: String) -> RichText {
    .init([.verdict(verdict, words)])
  }

  package static func + (a: RichText, b: RichText) -> RichText { .init(a.pieces + b.pieces) }
}

extension RichText: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value) }
}
