public import Falsification

/// A search's result in words.
public enum FalsificationText {
  public static func render(_ result: FalsificationResult) -> String { result.text }
}

extension FalsificationResult {
  /// The result in words.
  fileprivate var text: String {
    var lines: [String] = []
    if scored != nil, score == nil, counterexample != nil {
      lines.append("violated whatever the parameter: proved in rational arithmetic")
    } else if let surviving {
      let name = scored ?? ""
      lines.append(
        refuted.map { "\(name) = \(surviving) survives; \(name) = \($0) is refuted, proved" }
          ?? "\(name) = \(surviving) survives; nothing below it was proved wrong")
    } else if counterexample != nil {
      lines.append("violated: proved in rational arithmetic")
    } else {
      lines.append("no counterexample")
    }
    lines.append("claim: \(claim)")
    if let score, let scored {
      lines.append("the worst of \(evaluations) updates needs \(scored) = \(score)")
    } else {
      lines.append("\(evaluations) updates searched")
    }
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
