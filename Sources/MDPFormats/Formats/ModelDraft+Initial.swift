internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Where episodes start, and ρ₀ by that.
extension ModelDraft {
  /// Where episodes start.
  enum Initial {
    /// ρ₀ by state, with its place in the file.
    case distribution([(state: Int, probability: ExactNumber)], at: Int)
    /// Initial states, each as likely as the others.
    case states([Int], at: Int)
    /// Nothing is said: state 0.
    case unstated

    /// The states that are marked; nil where nothing is said.
    static func marked(_ isInitial: [Bool]?) -> Initial {
      guard let isInitial else { return .unstated }
      return .states(isInitial.indices.filter { isInitial[$0] }, at: 0)
    }
  }

  struct Distribution {
    var numbers: ExactNumberArray
    var sum: ExactNumber?
    var rule: String
  }

  func distribution(_ initial: Initial) -> Distribution? {
    var numbers = ExactNumberArray(zeros: stateCount)
    switch initial {
    case .unstated:
      numbers[0] = ExactNumber(1)
      return Distribution(numbers: numbers, rule: "first")
    case .states(let states, let offset):
      guard !states.isEmpty else {
        log.add(
          .value, at: offset, path: "initial", ModelFault.noInitialState)
        return nil
      }
      for state in states {
        numbers[state] = ExactNumber(numerator: 1, denominator: states.count)
      }
      return Distribution(numbers: numbers, rule: states.count == 1 ? "file" : "uniform")
    case .distribution(let entries, let offset):
      var sum = ExactSum()
      for entry in entries {
        guard entry.probability.signum >= 0 else {
          log.add(
            .value, at: offset, path: "initial",
            "found \(entry.probability.excerpt) for state \(entry.state); a probability must not be "
              + "negative")
          return nil
        }
        numbers[entry.state] = numbers[entry.state] + entry.probability
        sum.add(entry.probability)
      }
      let tolerance = configuration.rowTolerance.ofModels
      guard sum.isOne(within: tolerance) else {
        log.add(
          .value, at: offset, path: "initial",
          RowTolerance.message(sum: sum.value, tolerance: tolerance))
        return nil
      }
      return Distribution(numbers: numbers, sum: sum.isOne ? nil : sum.value, rule: "file")
    }
  }
}
