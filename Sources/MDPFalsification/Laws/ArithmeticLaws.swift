internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPSolvers
internal import MDPTesting

/// Laws that hold the arithmetics to each other.
enum ArithmeticLaws {
  static let all = [verdicts, quantities, largeModels]

  /// A check of an update in each arithmetic; without those that its numbers are beyond.
  private static func checks(
    _ experiment: Experiment, _ arithmetics: [ArithmeticKind]
  ) throws -> [ArithmeticKind: UpdateCheck] {
    var checks: [ArithmeticKind: UpdateCheck] = [:]
    for arithmetic in arithmetics {
      do throws(EvaluationFailure) {
        checks[arithmetic] = try UpdateVerifier(experiment.evaluator, arithmetic: arithmetic).check(
          from: NamedPolicy(name: "current", policy: experiment.input.current),
          to: NamedPolicy(name: "candidate", policy: experiment.input.candidate))
      } catch {
        // Whatever can be read can be solved exactly.
        if arithmetic == .exact || arithmetic == .auto { throw error }
      }
    }
    return checks
  }

  private static let verdicts = NamedProperty.law(
    "arithmetics", "no arithmetic contradicts another, and only known bounds are the tightest"
  ) { experiment in
    let checks = try checks(experiment, ArithmeticKind.allCases)
    for (arithmetic, check) in checks {
      for tightest in [check.tightest.aPriori, check.tightest.aPosteriori].compactMap(\.self)
      where check.claims.first(where: { $0.id == tightest })?.bound?.isKnown != true {
        throw Broken(description: "in \(arithmetic) the tightest bound, \(tightest), is not known")
      }
    }
    guard let exact = checks[.exact] else { return false }
    for (arithmetic, check) in checks {
      for (mine, proved) in zip(verdicts(of: check), verdicts(of: exact))
      where contradicts(mine, proved.verdict, isProof: arithmetic.isRigorous) {
        throw Broken(
          description: """
            \(mine.id): \(mine.verdict) in \(arithmetic), \(proved.verdict) in rational numbers
            """)
      }
    }
    return true
  }

  private struct NamedVerdict {
    var id: String
    var verdict: Verdict
  }

  private static func verdicts(of check: UpdateCheck) -> [NamedVerdict] {
    check.claims.map { NamedVerdict(id: $0.id, verdict: $0.verdict) } + [
      NamedVerdict(id: "improved", verdict: check.improved),
      NamedVerdict(id: "guaranteed", verdict: check.guaranteed),
    ]
  }

  /// Float64 counts what lies within its error bound as a tie, so that only what it refutes counts; and
  /// that no bound exceeds the return is no refutation.
  private static func contradicts(_ mine: NamedVerdict, _ proved: Verdict, isProof: Bool) -> Bool {
    let all: [Verdict] = [.holds, .violated, .notApplicable]
    let decided = isProof ? all : mine.id == "guaranteed" ? [] : [.violated]
    return decided.contains(mine.verdict) && all.contains(proved) && mine.verdict != proved
  }

  /// Printed numbers are read as decimals by some, as the nearest float64 numbers by others.
  private static let quantities = NamedProperty.law(
    "printed-quantities",
    "what is printed of a quantity holds it, and nothing is printed of an unknown"
  ) { experiment in
    let checks = try checks(experiment, [.certified, .auto, .exact])
    guard let exact = checks[.exact] else { return false }
    for (arithmetic, check) in checks {
      for quantity in UpdateQuantity.allCases {
        let (printed, truth) = (check.quantities[quantity], exact.quantities[quantity])
        guard holds(printed, truth) else {
          throw Broken(
            description: "\(quantity.rawValue) is \(truth), and \(printed) in \(arithmetic)")
        }
      }
      guard holds(check.gain, exact.gain) else {
        throw Broken(description: "the gain is \(exact.gain), and \(check.gain) in \(arithmetic)")
      }
    }
    return true
  }

  private static func holds(_ printed: Quantity, _ truth: Quantity) -> Bool {
    switch printed {
    case .unknown: true
    case .infinity, .negativeInfinity: printed == truth
    case .number: false
    case .exact(let text, let approximate):
      truth.rational == printed.rational && printed.rational?.description == text
        && (approximate == nil || approximate == printed.rational?.doubleValue)
    case .enclosure(let midpoint, let radius):
      readings(midpoint).allSatisfy { middle in
        readings(radius).allSatisfy { reach in contains(truth, middle, reach) }
      }
    }
  }

  /// The numbers that a reader may take a printed number for.
  private static func readings(_ value: Double) -> [Rational?] {
    [Rational(exactly: value), try? ExactNumber(parsing: "\(value)").rational]
  }

  private static func contains(_ truth: Quantity, _ middle: Rational?, _ reach: Rational?) -> Bool {
    guard let middle, let reach else { return false }
    if let value = truth.rational { return (value - middle).magnitude <= reach }
    // A logarithm is known by an enclosure, too: the two must meet.
    guard case .enclosure(let midpoint, let radius) = truth,
      let center = Rational(exactly: midpoint), let room = Rational(exactly: radius)
    else { return truth == .unknown }
    return (center - middle).magnitude <= reach + room
  }

  /// Small models take the way of large ones, where no number has an error bound of its own.
  private static let largeModels = NamedProperty.law(
    "large-models",
    "float balls as for large models hold the exact values, and know which states are visited"
  ) { experiment in
    let large = PolicyEvaluator(experiment.input.mdp, mostBallTransitions: 0)
    for policy in [experiment.input.current, experiment.input.candidate] {
      let exact = try experiment.evaluator.solveExactly(policy)
      let found: PolicyEvaluation<FloatBall>
      // Numbers may be beyond float64.
      do throws(EvaluationFailure) { found = try large.enclose(policy) } catch { return false }
      guard found.stateVisitation.isVisited == exact.stateVisitation.isVisited else {
        throw Broken(description: "other states are visited than in rational numbers")
      }
      for (numbers, truths) in [
        (found.stateValues, exact.stateValues), (found.actionValues, exact.actionValues),
        (found.advantages, exact.advantages), ([found.expectedReturn], [exact.expectedReturn]),
      ] {
        for (number, truth) in zip(numbers, truths) {
          guard let middle = Rational(exactly: number.approximation),
            let reach = Rational(exactly: number.radius)
          else { continue }
          guard (truth - middle).magnitude <= reach else {
            throw Broken(
              description: "\(truth) is not within \(number.radius) of \(number.approximation)")
          }
        }
      }
    }
    return true
  }
}
