public import MonotoneFiles

extension PolicyExpression {
  /// Parses a policy argument.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` with what is wrong with it.
  public init(argument: String) throws(RunFailure) {
    do throws(PolicyExpressionError) { self = try PolicyExpression(argument) } catch {
      throw RunFailure(error.description, .usage)
    }
  }

  /// The files that the policy is read from.
  package var files: [String] {
    switch self {
    case .uniform, .optimal, .random: []
    case .greedy(let base), .softmax(_, let base), .drop(let base): base.files
    case .mix(_, let first, let second): first.files + second.files
    case .file(let path): [path]
    }
  }
}
