internal import MonotoneArithmetic

extension MDPDocument {
  /// This model with rows divided by their sums where these differ from 1 by more than
  /// ``rowSumTolerance``: what a file can say that every reader takes.
  ///
  /// Complexity: O(stored transitions) if there are such rows, else O(rows that miss 1).
  public var withinTolerance: MDPDocument { dividing(Self.isBeyondTolerance) }

  /// This model with every row divided by its sum: for programs that take no other.
  public var dividedBySums: MDPDocument { dividing { _ in true } }

  private func dividing(_ isToDivide: (ExactNumber) -> Bool) -> MDPDocument {
    var document = self
    if let sum = initialSum, isToDivide(sum) {
      document.initial = ExactNumberArray(initial.map { Self.quotient($0, sum) })
      document.initialSum = nil
    }
    let wide = transitions.rowSum.filter { isToDivide($0.value) }
    for (row, sum) in wide {
      for entry in transitions.rowStart[row]..<transitions.rowStart[row + 1] {
        document.transitions.probability[entry] = Self.quotient(transitions.probability[entry], sum)
      }
      document.transitions.rowSum[row] = nil
    }
    return document
  }

  private static func isBeyondTolerance(_ sum: ExactNumber) -> Bool {
    (sum.rational - Rational(1)).magnitude > rowSumTolerance.rational
  }

  private static func quotient(_ number: ExactNumber, _ sum: ExactNumber) -> ExactNumber {
    ExactNumber(number.rational / sum.rational)
  }
}
