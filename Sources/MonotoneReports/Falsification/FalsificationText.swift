public import MDPFalsification

/// A search's result in words.
public enum FalsificationText {
  /// The text of a result; ends in a newline.
  public static func render(_ result: FalsificationResult) -> String { result.text }
}

extension FalsificationResult {
  /// The result of the search in a line.
  var headline: String {
    if scored != nil, score == nil, counterexample != nil {
      return "violated whatever the parameter: proved in rational arithmetic"
    }
    if let surviving {
      let name = scored ?? ""
      return refuted.map {
        "\(name) = \(surviving) survives; \(name) = \($0) is refuted, proved"
      } ?? "\(name) = \(surviving) survives; nothing below it was proved wrong"
    }
    return counterexample == nil ? "no counterexample" : "violated: proved in rational arithmetic"
  }

  /// How near the claim came to failing; nil where nothing is measured.
  var worst: String? {
    guard let score, let scored else { return nil }
    return "needs \(scored) = \(score)"
  }

  /// The result in words.
  fileprivate var text: String {
    var lines = [
      headline, "claim: \(claim)",
      worst.map { "the worst of \(evaluations) updates \($0)" }
        ?? "\(evaluations) updates searched",
    ]
    if let counterexample, let description {
      lines.append(
        "counterexample, shrunk in \(counterexample.simplifications) simplifications of "
          + "\(counterexample.attempts) tried:")
      lines += description.split(separator: "\n").map { "  \($0)" }
      lines.append("to reproduce: \(counterexample.command)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
