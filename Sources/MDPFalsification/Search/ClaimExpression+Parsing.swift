internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MonotoneFiles

extension ClaimExpression {
  /// Parses a claim.
  ///
  /// - Parameters:
  ///   - text: The claim.
  ///   - parameters: The names that stand for numbers to be given.
  /// - Throws: ``ClaimExpressionError`` that points at the fault.
  public init(_ text: String, parameters: Set<String> = []) throws(ClaimExpressionError) {
    guard text.utf8.count <= Self.longestText else {
      throw ClaimExpressionError(
        text: String(text.prefix(60)) + "…", position: 0,
        reason: "a claim has at most \(Self.longestText) bytes")
    }
    var parser = ExpressionParser(text: text, known: parameters)
    let left = try parser.sum()
    let comparison = try parser.comparison()
    let right = try parser.sum()
    try parser.requireEnd()
    self.text = text
    self.parameters = parser.used
    isStrict = comparison.isStrict
    (larger, smaller) = comparison.isDescending ? (left, right) : (right, left)
  }
}

extension ClaimExpression {
  /// Sums and products nest as deep as they are long.
  private static let longestText = 4096
}

/// A recursive-descent parser of claims.
private struct ExpressionParser {
  let text: String
  let characters: [Character]
  let known: Set<String>
  var position = 0
  var used: [String] = []
  private var depth = 0

  /// How deep parentheses and signs may nest.
  private static let nestingLimit = 64

  init(text: String, known: Set<String>) {
    self.text = text
    self.known = known
    characters = Array(text)
  }

  typealias Failure = ClaimExpressionError

  func failure(_ reason: String, at position: Int? = nil) -> Failure {
    Failure(text: text, position: position ?? self.position, reason: reason)
  }

  mutating func skipSpaces() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  mutating func peek() -> Character? {
    skipSpaces()
    return position < characters.count ? characters[position] : nil
  }

  mutating func accept(_ character: Character) -> Bool {
    guard peek() == character else { return false }
    position += 1
    return true
  }

  mutating func comparison() throws(Failure) -> (isDescending: Bool, isStrict: Bool) {
    guard let first = peek() else {
      throw failure("expected >=, <=, > or < and a right-hand side")
    }
    guard first == ">" || first == "<" else {
      throw failure("expected an operator, or >=, <=, > or <")
    }
    position += 1
    let isStrict = position >= characters.count || characters[position] != "="
    if !isStrict { position += 1 }
    return (first == ">", isStrict)
  }

  mutating func requireEnd() throws(Failure) {
    if peek() != nil { throw failure("expected an operator or the end") }
  }

  mutating func sum() throws(Failure) -> ExpressionNode {
    var node = try product()
    while true {
      if accept("+") {
        node = .sum(node, try product())
      } else if accept("-") {
        node = .difference(node, try product())
      } else {
        return node
      }
    }
  }

  mutating func product() throws(Failure) -> ExpressionNode {
    var node = try factor()
    while true {
      if accept("*") {
        node = .product(node, try factor())
      } else if accept("/") {
        node = .quotient(node, try factor())
      } else {
        return node
      }
    }
  }

  mutating func factor() throws(Failure) -> ExpressionNode {
    guard depth < Self.nestingLimit else {
      throw failure("claims nest at most \(Self.nestingLimit) deep")
    }
    depth += 1
    defer { depth -= 1 }
    if accept("-") { return .negative(try factor()) }
    let base = try atom()
    guard accept("^") else { return base }
    let isNegative = accept("-")
    skipSpaces()
    let start = position
    while position < characters.count, characters[position].isASCII, characters[position].isNumber {
      position += 1
    }
    guard let exponent = Int(String(characters[start..<position])), exponent <= 100 else {
      throw failure("expected a whole exponent of 100 at most", at: start)
    }
    return .power(base, isNegative ? -exponent : exponent)
  }

  mutating func atom() throws(Failure) -> ExpressionNode {
    guard let first = peek() else {
      throw failure("expected a number, a name or a parenthesis")
    }
    if accept("(") {
      let start = position - 1
      let node = try sum()
      guard accept(")") else { throw failure("the parenthesis is not closed", at: start) }
      return node
    }
    if first.isASCII, first.isNumber || first == "." { return try number() }
    if first.isLetter || first == "_" { return try name() }
    throw failure("expected a number, a name or a parenthesis")
  }

  mutating func number() throws(Failure) -> ExpressionNode {
    let start = position
    func isPart(_ index: Int) -> Bool {
      let character = characters[index]
      if character.isASCII, character.isNumber || character == "." { return true }
      if character == "e" || character == "E" { return index > start }
      // A sign belongs to the number only behind the letter of an exponent.
      return (character == "+" || character == "-") && index > start
        && (characters[index - 1] == "e" || characters[index - 1] == "E")
    }
    while position < characters.count, isPart(position) { position += 1 }
    let digits = String(characters[start..<position])
    guard let number = try? ExactNumber(parsing: digits) else {
      throw failure("\(digits) is not a number", at: start)
    }
    return .number(number)
  }

  mutating func name() throws(Failure) -> ExpressionNode {
    let start = position
    while position < characters.count,
      characters[position].isLetter || characters[position].isNumber || characters[position] == "_"
    {
      position += 1
    }
    let name = String(characters[start..<position])
    if let function = ExpressionFunction(rawValue: name) { return try call(function, at: start) }
    if let quantity = UpdateQuantity(rawValue: name) { return .quantity(quantity) }
    if name == ExpressionNode.discountName { return .discount }
    guard known.contains(name) else {
      throw failure(
        "unknown name \(name)"
          + NearestName.hint(
            name, among: ClaimExpression.quantityNames + ExpressionFunction.allCases.map(\.rawValue)
          )
          + "; give a parameter a value with --parameter \(name)=VALUE, or use one of "
          + ClaimExpression.quantityNames.joined(separator: ", "), at: start)
    }
    if !used.contains(name) { used.append(name) }
    return .parameter(name)
  }

  mutating func call(
    _ function: ExpressionFunction, at start: Int
  ) throws(Failure) -> ExpressionNode {
    guard accept("(") else { throw failure("expected ( after \(function.rawValue)") }
    var arguments = [try sum()]
    while accept(",") { arguments.append(try sum()) }
    guard accept(")") else { throw failure("expected , or )") }
    guard arguments.count == function.arity else {
      throw failure(
        "\(function.rawValue) takes \(function.arity) arguments, not \(arguments.count)", at: start)
    }
    return .call(function, arguments)
  }
}
