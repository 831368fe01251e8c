import MDPFormats

extension PolicyArgument {
  /// The files that a policy argument reads.
  static func files(_ text: String) throws -> [String] { files(try parse(text)) }

  private static func files(_ expression: PolicyExpression) -> [String] {
    switch expression {
    case .uniform, .optimal, .random: []
    case .greedy(let base), .softmax(_, let base), .drop(let base): files(base)
    case .mix(_, let first, let second): files(first) + files(second)
    case .file(let path): [path]
    }
  }
}
