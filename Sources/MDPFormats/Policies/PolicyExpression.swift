public import MonotoneArithmetic

/// The policy that an argument on the command line stands for, before there is a model.
///
/// | text | policy |
/// |---|---|
/// | `uniform` | every available action with the same probability |
/// | `optimal` | an optimal policy |
/// | `greedy(P)` | greedy in the advantages of the policy P |
/// | `random(SEED)` | drawn at random, the same for the same seed |
/// | `mix(ALPHA, P, Q)` | (1 − α) P + α Q |
/// | `softmax(STEP, P)` | P(a) exp(STEP · A(a)/max A), normalised |
/// | `drop(P)` | P without its worst action in each state |
/// | anything else | a file |
///
/// Within parentheses, a path that contains a parenthesis, a comma, a quote or an outer space
/// stands in double quotes, with `\"` and `\\` for a quote and a backslash; so does one that would
/// be read as another form. A file called `uniform` can also be given as `./uniform`.
public indirect enum PolicyExpression: Sendable, Equatable {
  /// Every available action with the same probability.
  case uniform
  /// An optimal policy.
  case optimal
  /// Greedy in the advantages of another policy.
  case greedy(PolicyExpression)
  /// Drawn at random from a seed.
  case random(seed: UInt64)
  /// (1 − α) times the first plus α times the second.
  case mix(weight: ExactNumber, PolicyExpression, PolicyExpression)
  /// Another policy times exp(step · A/ε_max), normalised, with A its own advantages.
  case softmax(step: ExactNumber, PolicyExpression)
  /// Another policy without the action of least advantage, where it takes more than one.
  case drop(PolicyExpression)
  /// The policy in a file; `-` is standard input.
  case file(String)

  /// Reads an argument.
  ///
  /// - Throws: ``PolicyExpressionError`` with the column of the fault.
  public init(_ text: String) throws(PolicyExpressionError) {
    var parser = PolicyExpressionParser(text)
    self = try parser.parse()
  }
}

extension PolicyExpression: CustomStringConvertible {
  /// Text that reads back as the same expression.
  public var description: String {
    switch self {
    case .uniform: "uniform"
    case .optimal: "optimal"
    case .greedy(let policy): "greedy(\(policy))"
    case .random(let seed): "random(\(seed))"
    case .mix(let weight, let first, let second): "mix(\(weight), \(first), \(second))"
    case .softmax(let step, let policy): "softmax(\(step), \(policy))"
    case .drop(let policy): "drop(\(policy))"
    case .file(let path): Self.needsQuotes(path) ? Self.quoted(path) : path
    }
  }

  /// All words that a policy may begin with.
  public static let words = names + forms

  /// Words that stand for a policy.
  static let names = ["uniform", "optimal"]

  /// Words that make a policy from their arguments.
  static let forms = ["greedy", "random", "mix", "softmax", "drop"]

  private static func needsQuotes(_ path: String) -> Bool {
    path.isEmpty || names.contains(path) || forms.contains(path)
      || path.first?.isWhitespace ?? false || path.last?.isWhitespace ?? false
      || path.contains { "(),\"".contains($0) }
  }

  private static func quoted(_ path: String) -> String {
    let escaped = path.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }
    return "\"\(escaped.joined())\""
  }
}
