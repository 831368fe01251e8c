internal import MonotoneArithmetic
internal import MDPCore

extension ModelDraft {
  /// The model.
  var document: MDPDocument {
    let count = states.count
    var table = TransitionTable()
    var rewards = ExactNumberArray()
    var nextRewards = ExactNumberArray()
    let givesNextRewards = states.contains { $0.pairs.contains { !$0.nextRewards.isEmpty } }
    var pairStart = [0]
    var pairAction: [Int32] = []
    for state in states {
      for pair in state.pairs {
        let total = pair.next.total
        for (next, weight) in pair.next.values.enumerated() where weight > 0 {
          table.nextState.append(Int32(next))
          table.probability.append(ExactNumber(numerator: weight, denominator: total))
          if givesNextRewards {
            nextRewards.append(
              pair.nextRewards.isEmpty
                ? ExactNumber(0) : scaling.reward(pair.nextRewards[next], nextRewards.count))
          }
        }
        table.rowStart.append(table.nextState.count)
        rewards.append(scaling.reward(pair.reward, rewards.count))
        pairAction.append(Int32(pair.action))
      }
      pairStart.append(pairAction.count)
    }
    let actions = (pairAction.max().map { Int($0) } ?? 0) + 1
    let initialTotal = initial.total
    return MDPDocument(
      name: name, discount: scaling.discount(discount),
      space: StateActionSpace(
        states: Names(count: count), actions: Names(count: actions),
        isTerminal: states.map(\.isTerminal), pairStart: pairStart, pairAction: pairAction),
      initial: ExactNumberArray(
        initial.values.map { ExactNumber(numerator: $0, denominator: initialTotal) }),
      transitions: table, actionRewards: rewards, transitionRewards: nextRewards)
  }

  /// The policy of an index, for the model.
  func policy(_ index: Int, for document: MDPDocument) -> ExactPolicy {
    let whole = wholePolicy(index, for: document)
    guard scaling.step > 0, index > 0 else { return whole }
    return policy(index - 1, for: document).mixed(
      with: whole, weight: Rational(powerOfTen: -scaling.step))
  }

  private func wholePolicy(_ index: Int, for document: MDPDocument) -> ExactPolicy {
    var probabilities: [Rational] = []
    for state in states where !state.isTerminal {
      let row = state.policies[index]
      let total = row.total
      probabilities += row.values.map { Rational(numerator: $0, denominator: total) }
    }
    return ExactPolicy(space: document.space, probabilities: probabilities)
  }

  /// The draft of a model and policies of it, as far as their numbers fit in machine words.
  ///
  /// Names are replaced by numbers, and rewards by state added to those by action.
  ///
  /// - Throws: ``NotSmall`` where a number does not fit.
  init(
    _ document: MDPDocument, _ policies: [ExactPolicy], policyMinimum: Int? = nil
  ) throws(NotSmall) {
    let space = document.space
    let table = document.transitions
    name = document.name
    discount = try Fraction(document.discount.rational)
    initial = try Weights(document.initial.map(\.rational))
    self.policyMinimum = policyMinimum ?? policies.count
    var states: [StateDraft] = []
    for state in space.states.indices {
      var draft = StateDraft()
      for pair in space.pairs(of: state) {
        var row = [Rational](repeating: Rational(0), count: space.stateCount)
        var nextRewards = [Fraction](repeating: .zero, count: space.stateCount)
        for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
          let next = Int(table.nextState[entry])
          row[next] = table.probability[entry].rational
          if !document.transitionRewards.isEmpty {
            nextRewards[next] = try Fraction(document.transitionRewards[entry].rational)
          }
        }
        var reward = Rational(0)
        if !document.stateRewards.isEmpty { reward += document.stateRewards[state].rational }
        if !document.actionRewards.isEmpty { reward += document.actionRewards[pair].rational }
        draft.pairs.append(
          PairDraft(
            action: Int(space.pairAction[pair]), next: try Weights(row),
            reward: try Fraction(reward),
            nextRewards: nextRewards.contains { $0 != .zero } ? nextRewards : []))
      }
      if !draft.isTerminal {
        for policy in policies {
          draft.policies.append(try Weights(space.pairs(of: state).map { policy[$0] }))
        }
      }
      states.append(draft)
    }
    self.states = states
  }
}

/// A number too long for a draft.
struct NotSmall: Error {}

extension Fraction {
  /// - Throws: ``NotSmall`` beyond 31 bits, so that products of two stay within a machine word.
  init(_ value: Rational) throws(NotSmall) {
    guard
      let parts = value.smallParts, parts.numerator.magnitude < 1 << 31,
      parts.denominator < 1 << 31
    else { throw NotSmall() }
    self.init(parts.numerator, over: parts.denominator)
  }
}

extension Weights {
  /// - Throws: ``NotSmall`` where the common denominator does not fit.
  init(_ row: [Rational]) throws(NotSmall) {
    var denominator = 1
    var fractions: [Fraction] = []
    for value in row {
      let fraction = try Fraction(value)
      fractions.append(fraction)
      let divisor = Fraction.greatestCommonDivisor(
        denominator.magnitude, fraction.denominator.magnitude)
      // So that the product stays below 2⁶².
      guard denominator < 1 << 31 else { throw NotSmall() }
      denominator *= fraction.denominator / Int(divisor)
    }
    var weights: [Int] = []
    for fraction in fractions {
      let (weight, overflow) = fraction.numerator.multipliedReportingOverflow(
        by: denominator / fraction.denominator)
      guard !overflow else { throw NotSmall() }
      weights.append(weight)
    }
    self.init(weights)
  }
}
