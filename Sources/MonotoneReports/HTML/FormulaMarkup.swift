#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A statement as HTML, its formulas typeset with MathML.
///
/// Statements are written in one line of Unicode text, since they stand in JSON and on terminals too.
struct FormulaMarkup {
  private let tokens: [FormulaToken]
  private var place = 0

  /// The HTML of a statement.
  static func html(_ statement: String) -> String {
    var markup = FormulaMarkup(tokens: FormulaLexer.tokens(statement.displayable))
    return markup.statement()
  }

  private init(tokens: [FormulaToken]) { self.tokens = tokens }

  private var next: FormulaToken? { place < tokens.count ? tokens[place] : nil }

  private mutating func take() -> FormulaToken? {
    defer { place += 1 }
    return next
  }

  /// Words as they are, and what lies between them as formulas.
  private mutating func statement() -> String {
    var html = ""
    while let token = next {
      switch token {
      case .words(let text):
        html += text.htmlEscaped
        place += 1
      case .blank:
        html += " "
        place += 1
      case .sign(let sign) where ",;".contains(sign):
        html += sign
        place += 1
      default:
        html += "<math>\(row { token in Self.ends(token) })</math>"
      }
    }
    return html
  }

  /// Whether a formula ends before a piece: at words, and at signs that part statements.
  private static func ends(_ token: FormulaToken) -> Bool {
    switch token {
    case .words: true
    case .sign(let sign): ";".contains(sign)
    default: false
    }
  }

  /// Terms until one that does not belong to them. Blanks before words are the words'.
  private mutating func row(until isEnd: (FormulaToken) -> Bool) -> String {
    var terms: [String] = []
    while let token = next, !isEnd(token) {
      if token == .blank {
        let after = place + 1 < tokens.count ? tokens[place + 1] : nil
        if let after, !isEnd(after) {
          place += 1
          if isProduct(after) { terms.append("<mspace width=\"0.22em\"/>") }
          continue
        }
        break
      }
      terms.append(term())
    }
    return terms.joined()
  }

  /// Whether a blank before a piece stands for a product: signs have space of their own.
  private func isProduct(_ token: FormulaToken) -> Bool {
    guard place >= 2, !Self.isOperator(token) else { return false }
    return !Self.isOperator(tokens[place - 2])
  }

  private static func isOperator(_ token: FormulaToken) -> Bool {
    if case .sign(let sign) = token { return "=≤≥<>≠−+·/,∈~".contains(sign) }
    return false
  }

  /// A name, number, group or sign with the indices and powers that follow it.
  private mutating func term() -> String {
    let base = atom()
    var (low, high): (String?, String?) = (nil, nil)
    while let token = next {
      switch token {
      case .index:
        place += 1
        low = (low ?? "") + group(or: { $0.atom() })
      case .lowered(let text):
        place += 1
        low = (low ?? "") + "<mn>\(text.htmlEscaped)</mn>"
      case .power:
        place += 1
        high = (high ?? "") + group(or: { $0.exponent() })
      case .raised(let text):
        place += 1
        high = (high ?? "") + Self.raised(text)
      default:
        return Self.scripts(base, low, high)
      }
    }
    return Self.scripts(base, low, high)
  }

  private static func scripts(_ base: String, _ low: String?, _ high: String?) -> String {
    switch (low, high) {
    case (nil, nil): base
    case (let low?, nil): "<msub>\(base)<mrow>\(low)</mrow></msub>"
    case (nil, let high?): "<msup>\(base)<mrow>\(high)</mrow></msup>"
    case (let low?, let high?):
      "<msubsup>\(base)<mrow>\(low)</mrow><mrow>\(high)</mrow></msubsup>"
    }
  }

  private static func raised(_ text: String) -> String {
    text.map { character in
      character.isNumber ? "<mn>\(character)</mn>" : "<mo>\(String(character).htmlEscaped)</mo>"
    }.joined()
  }

  /// The contents of braces, or else one piece.
  private mutating func group(or single: (inout Self) -> String) -> String {
    guard next == .sign("{") else { return single(&self) }
    place += 1
    defer { if next == .sign("}") { place += 1 } }
    return row { $0 == .sign("}") }
  }

  /// A sign, a name and what stands in brackets behind it.
  private mutating func exponent() -> String {
    var text = ""
    if case .sign(let sign) = next, "−+".contains(sign) {
      place += 1
      text += Self.sign(sign)
    }
    text += atom()
    if next == .sign("(") { text += atom() }
    return text
  }

  private mutating func atom() -> String {
    switch take() {
    case .name(let name): return Self.name(name)
    case .number(let number): return "<mn>\(number)</mn>"
    case .raised(let text): return Self.raised(text)
    case .lowered(let text): return "<mn>\(text.htmlEscaped)</mn>"
    case .words(let words): return "<mtext>\(words.htmlEscaped)</mtext>"
    case .sign("("):
      let inside = row { $0 == .sign(")") }
      guard next == .sign(")") else { return Self.sign("(") + inside }
      place += 1
      return "<mrow>\(Self.sign("("))\(inside)\(Self.sign(")"))</mrow>"
    case .sign("√"):
      guard next == .sign("(") else { return "<msqrt>\(atom())</msqrt>" }
      place += 1
      let inside = row { $0 == .sign(")") }
      if next == .sign(")") { place += 1 }
      return "<msqrt>\(inside)</msqrt>"
    case .sign(let sign): return Self.sign(sign)
    case .index, .power, .blank, nil: return ""
    }
  }

  /// A name; the mark above a letter as an accent.
  private static func name(_ name: String) -> String {
    let accents: KeyValuePairs = ["\u{303}": "~", "\u{304}": "¯", "\u{302}": "^"]
    for (mark, accent) in accents {
      guard let base = base(of: name, under: mark) else { continue }
      return "<mover accent=\"true\"><mi>\(base.htmlEscaped)</mi><mo>\(accent)</mo></mover>"
    }
    return "<mi>\(name.htmlEscaped)</mi>"
  }

  /// The letter that a combining mark makes this name of, whether the two are one code point or two.
  private static func base(of name: String, under mark: String) -> String? {
    let scalars = name.unicodeScalars
    if scalars.count == 2, String(scalars.dropFirst()) == mark { return String(scalars.prefix(1)) }
    // Strings are equal where they are canonically equivalent.
    let letters = (UInt8(ascii: "A")...UInt8(ascii: "z")).map { String(Unicode.Scalar($0)) }
    return scalars.count == 1 ? letters.first { $0 + mark == name } : nil
  }

  private static func sign(_ sign: String) -> String {
    "|‖()".contains(sign)
      ? "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">\(sign)</mo>"
      : "<mo>\(sign.htmlEscaped)</mo>"
  }
}
