internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPTesting

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

/// The quantities of an update that metamorphic laws compare: exact, but for those with logarithms.
struct UpdateNumbers {
  private var values: [UpdateQuantity: QuantityValue<Rational>] = [:]

  init(_ update: PolicyUpdate<Rational>) {
    for quantity in UpdateQuantity.allCases { values[quantity] = update[quantity] }
  }

  /// The returns, and what is made of one and advantages.
  static let returns: [UpdateQuantity] = [.returnCurrent, .returnCandidate, .surrogate]

  /// These numbers with some rational ones changed.
  func changing(
    _ quantities: [UpdateQuantity], _ change: (Rational) -> Rational
  ) -> UpdateNumbers {
    var changed = self
    for quantity in quantities {
      guard case .number(let number)? = values[quantity] else {
        preconditionFailure("\(quantity.rawValue) is not rational")
      }
      changed.values[quantity] = .number(change(number))
    }
    return changed
  }

  func requireEqual(_ expected: UpdateNumbers) throws(Broken) {
    for quantity in UpdateQuantity.allCases {
      guard let mine = values[quantity], let theirs = expected.values[quantity],
        Self.agree(mine, theirs)
      else {
        throw Broken(
          description: """
            \(quantity.title) (\(quantity.symbol)) is \(Self.text(values[quantity])), not \
            \(Self.text(expected.values[quantity]))
            """)
      }
    }
  }

  private static func text(_ value: QuantityValue<Rational>?) -> String {
    value.map { "\($0.quantity)" } ?? "missing"
  }

  /// Equal, both infinite, or enclosures that meet.
  static func agree(
    _ a: QuantityValue<Rational>, _ b: QuantityValue<Rational>
  ) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): x == y
    case (.real(.infinity), .real(.infinity)), (.unbounded, .unbounded): true
    case (.real(.finite(let x)), .real(.finite(let y))): (x - y).isZero != .no
    default: false
    }
  }
}
