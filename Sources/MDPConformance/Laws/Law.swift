internal import Arithmetic
internal import Guarantees
internal import MDPTesting

/// What a law throws where it is broken.
struct Broken: Error, CustomStringConvertible {
  let description: String
}

extension NamedProperty {
  /// A law: holds unless its check throws.
  ///
  /// - Parameter check: False where the law does not apply.
  static func law(
    _ id: String, _ statement: String, kind: Kind = .law,
    _ check: @escaping @Sendable (Experiment) throws -> Bool
  ) -> NamedProperty {
    NamedProperty(id: id, kind: kind, statement: statement) { experiment in
      do { return try check(experiment) ? .holds : .notApplicable } catch let broken as Broken {
        return .violated("\(statement): \(broken)")
      }
    }
  }

  /// A law that ties the exact numbers of an update to those of a changed model.
  ///
  /// - Parameters:
  ///   - change: Makes the changed model; nil where the law does not apply.
  ///   - relation: What the numbers of the changed model must be.
  static func metamorphic(
    _ id: String, _ statement: String, change: @escaping @Sendable (PlainModel) -> PlainModel?,
    relation: @escaping @Sendable (UpdateNumbers, PlainModel) -> UpdateNumbers = { before, _ in
      before
    }
  ) -> NamedProperty {
    law(id, statement) { experiment in
      let plain = PlainModel(experiment.input)
      guard let changed = change(plain) else { return false }
      let after = UpdateNumbers(try Experiment(changed.input).ladder.exact())
      try after.requireEqual(relation(UpdateNumbers(try experiment.ladder.exact()), plain))
      return true
    }
  }
}

/// The numbers of an update that metamorphic laws compare, all exact but the divergences.
struct UpdateNumbers {
  var returnCurrent: Rational
  var returnCandidate: Rational
  var policyAdvantage: Rational
  var maxAdvantage: Rational
  var maxExpectedAdvantage: Rational
  var penaltyCoefficient: Rational
  var maxTotalVariation: Rational
  var meanTotalVariation: Rational
  /// max and mean KL(π‖π̃), max and mean KL(π̃‖π).
  var divergences: [Extended<ExactReal>]

  init(_ update: PolicyUpdate<Rational>) {
    returnCurrent = update.current.expectedReturn
    returnCandidate = update.candidate.expectedReturn
    policyAdvantage = update.policyAdvantage
    maxAdvantage = update.maxAdvantage
    maxExpectedAdvantage = update.maxExpectedAdvantage
    penaltyCoefficient = update.penaltyCoefficient
    maxTotalVariation = update.maxTotalVariation
    meanTotalVariation = update.meanTotalVariation
    divergences = [
      update.maxDivergence, update.meanDivergence, update.maxReverseDivergence,
      update.meanReverseDivergence,
    ]
  }

  func requireEqual(_ expected: UpdateNumbers) throws(Broken) {
    for (name, number) in Self.numbers where self[keyPath: number] != expected[keyPath: number] {
      throw Broken(
        description: "\(name) is \(self[keyPath: number]), not \(expected[keyPath: number])")
    }
    let names = ["max KL", "mean KL", "max reverse KL", "mean reverse KL"]
    for (name, (mine, theirs)) in zip(names, zip(divergences, expected.divergences)) {
      guard Self.agree(mine, theirs) else {
        throw Broken(description: "\(name) is \(mine.quantity), not \(theirs.quantity)")
      }
    }
  }

  nonisolated(unsafe) private static let numbers: [(String, KeyPath<UpdateNumbers, Rational>)] = [
    ("η(π)", \.returnCurrent), ("η(π̃)", \.returnCandidate),
    ("the policy advantage", \.policyAdvantage),
    ("ε_max", \.maxAdvantage), ("ε_exp", \.maxExpectedAdvantage), ("C", \.penaltyCoefficient),
    ("max TV", \.maxTotalVariation), ("mean TV", \.meanTotalVariation),
  ]

  /// Both infinite, or enclosures that meet.
  static func agree(_ a: Extended<ExactReal>, _ b: Extended<ExactReal>) -> Bool {
    switch (a, b) {
    case (.infinity, .infinity): true
    case (.finite(let x), .finite(let y)): (x - y).isZero != .no
    default: false
    }
  }
}
