internal import MonotoneArithmetic

/// Parses policy arguments.
struct PolicyExpressionParser {
  private let text: String
  private let characters: [Character]
  private var position = 0
  private var depth = 0

  /// How deep expressions may nest.
  private static let nestingLimit = 64

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  mutating func parse() throws(PolicyExpressionError) -> PolicyExpression {
    let expression = try expression()
    skipSpace()
    guard position == characters.count else { throw failure("expected nothing after this") }
    return expression
  }

  private mutating func expression() throws(PolicyExpressionError) -> PolicyExpression {
    guard depth < Self.nestingLimit else {
      throw failure("policies nest at most \(Self.nestingLimit) deep")
    }
    depth += 1
    defer { depth -= 1 }
    skipSpace()
    let start = position
    if next == "\"" { return .file(try quotedPath()) }
    let word = word()
    if next == "(" {
      if PolicyExpression.forms.contains(word) { return try form(word) }
      if PolicyExpression.names.contains(word) { throw failure("`\(word)` takes no arguments") }
      // On its own, any other text is a path, parentheses and all.
      guard depth > 1 else { return .file(rest(from: start)) }
      throw failure("put a path with parentheses in double quotes")
    }
    if PolicyExpression.forms.contains(word) {
      throw failure("expected `(` after `\(word)`; for a file of that name write ./\(word)")
    }
    switch word {
    case "uniform": return .uniform
    case "optimal": return .optimal
    case "":
      let forms = PolicyExpression.forms.map { "\($0)(…)" }.joined(separator: ", ")
      throw failure("expected a policy: uniform, optimal, \(forms) or a file")
    default: return .file(depth > 1 ? word : rest(from: start))
    }
  }

  private mutating func form(_ name: String) throws(PolicyExpressionError) -> PolicyExpression {
    try expect("(", after: name)
    let expression: PolicyExpression
    switch name {
    case "greedy": expression = .greedy(try self.expression())
    case "drop": expression = .drop(try self.expression())
    case "random": expression = .random(seed: try seed())
    case "softmax":
      let step = try number("step")
      try expect(",", after: "the step")
      expression = .softmax(step: step, try self.expression())
    default:
      let weight = try weight()
      try expect(",", after: "the weight")
      let first = try self.expression()
      try expect(",", after: "the first policy")
      expression = .mix(weight: weight, first, try self.expression())
    }
    try expect(")", after: "the last argument of `\(name)`")
    return expression
  }

  private mutating func seed() throws(PolicyExpressionError) -> UInt64 {
    skipSpace()
    let start = position
    guard let seed = UInt64(word()) else {
      throw failure("expected a seed: an integer from 0 to \(UInt64.max)", at: start)
    }
    return seed
  }

  private mutating func weight() throws(PolicyExpressionError) -> ExactNumber {
    skipSpace()
    let start = position
    let weight = try number("weight")
    guard weight.signum >= 0, weight <= ExactNumber(1) else {
      throw failure("the weight must be from 0 to 1", at: start)
    }
    return weight
  }

  private mutating func number(_ what: String) throws(PolicyExpressionError) -> ExactNumber {
    skipSpace()
    let start = position
    let word = word()
    do throws(NumberFault) {
      return try ExactNumber(parsing: word)
    } catch {
      throw failure("the \(what) is not a number: \(error.message)", at: start)
    }
  }

  /// A path in double quotes.
  private mutating func quotedPath() throws(PolicyExpressionError) -> String {
    let start = position
    position += 1
    var path = ""
    while let character = next, character != "\"" {
      position += 1
      guard character == "\\" else {
        path.append(character)
        continue
      }
      guard let escaped = next, escaped == "\"" || escaped == "\\" else {
        throw failure("after `\\` in quotes may stand `\"` or `\\`")
      }
      path.append(escaped)
      position += 1
    }
    guard next == "\"" else { throw failure("this quote is never closed", at: start) }
    position += 1
    return path
  }

  /// The characters up to the next parenthesis, comma or end, without outer spaces.
  private mutating func word() -> String {
    let start = position
    while let character = next, !"(),".contains(character) { position += 1 }
    return trimmed(characters[start..<position])
  }

  /// Everything from a place on, which is then consumed.
  private mutating func rest(from start: Int) -> String {
    position = characters.count
    return trimmed(characters[start...])
  }

  private func trimmed(_ piece: ArraySlice<Character>) -> String {
    guard let last = piece.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(piece[...last].drop { $0.isWhitespace })
  }

  private var next: Character? { position < characters.count ? characters[position] : nil }

  private mutating func skipSpace() {
    while let character = next, character.isWhitespace { position += 1 }
  }

  private mutating func expect(
    _ character: Character, after what: String
  ) throws(PolicyExpressionError) {
    skipSpace()
    guard next == character else { throw failure("expected `\(character)` after \(what)") }
    position += 1
  }

  private func failure(_ message: String, at place: Int? = nil) -> PolicyExpressionError {
    PolicyExpressionError(text: text, column: (place ?? position) + 1, message: message)
  }
}
