/// A piece of a statement: mathematics or words.
enum FormulaToken: Equatable {
  /// Words between formulas, blanks included.
  case words(String)
  /// A name of one or several letters.
  case name(String)
  case number(String)
  case sign(String)
  /// A small raised text, such as ² or ⁻¹.
  case raised(String)
  /// A small lowered text.
  case lowered(String)
  /// Begins an index, or a power.
  case index
  case power
  case blank
}

/// Cuts statements such as `|η(π̃) − L| ≤ C max_s KL(π‖π̃) for γ ≥ 2/3` into pieces.
enum FormulaLexer {
  /// Operators that are written as words.
  private static let operators: Set<String> = ["max", "min", "sp", "range", "log", "exp", "mean"]
  private static let raised: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "−", "*": "*", "'": "′",
  ]
  private static let lowered: [Character: Character] = ["₀": "0", "₁": "1", "₂": "2"]

  /// The pieces of a statement, in order.
  static func tokens(_ statement: String) -> [FormulaToken] {
    var tokens: [FormulaToken] = []
    var rest = Substring(statement)
    while let first = rest.first {
      if let mark = raised[first] {
        tokens.append(.raised(String(run(&rest) { raised[$0] != nil }.map { raised[$0] ?? mark })))
      } else if lowered[first] != nil {
        tokens.append(
          .lowered(String(run(&rest) { lowered[$0] != nil }.map { lowered[$0] ?? " " })))
      } else if first == " " {
        _ = run(&rest) { $0 == " " }
        tokens.append(.blank)
      } else if first.isASCII, first.isNumber {
        tokens.append(.number(run(&rest) { $0.isASCII && ($0.isNumber || $0 == ".") }))
      } else if first.isASCII, first.isLetter {
        let word = run(&rest) { $0.isASCII && $0.isLetter }
        append(word, isIndex: tokens.last == .index, to: &tokens)
      } else {
        rest.removeFirst()
        switch first {
        case "_": tokens.append(.index)
        case "^": tokens.append(.power)
        case "-" where rest.first?.isLowercase == true: tokens.append(.words("-"))
        case "-": tokens.append(.sign("−"))
        default: tokens.append(first.isLetter ? .name(String(first)) : .sign(String(first)))
        }
      }
    }
    return tokens
  }

  private static func run(_ rest: inout Substring, _ belongs: (Character) -> Bool) -> String {
    let found = rest.prefix(while: belongs)
    rest.removeFirst(found.count)
    return String(found)
  }

  /// A word of letters: a name, an operator, or words. "a" after words is one of them.
  private static func append(_ word: String, isIndex: Bool, to tokens: inout [FormulaToken]) {
    let isName =
      isIndex || operators.contains(word) || word == word.uppercased()
      || word.count == 1 && !followsWords(tokens)
    tokens.append(isName ? .name(word) : .words(word))
  }

  private static func followsWords(_ tokens: [FormulaToken]) -> Bool {
    for token in tokens.reversed() where token != .blank {
      if case .words = token { return true }
      return false
    }
    return false
  }
}
