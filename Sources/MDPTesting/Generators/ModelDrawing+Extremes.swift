// Everyday models seldom show what a float64 number cannot hold, or what an error bound swallows.

extension ModelDrawing {
  /// The model taken to the ends of the range of numbers in one way, now and then in two.
  mutating func extreme(_ draft: ModelDraft) -> ModelDraft {
    var draft = draft
    for _ in 0..<(integer(0...3) == 0 ? 2 : 1) { apply(extreme(), to: &draft) }
    return draft
  }

  private mutating func extreme() -> Extreme {
    let extreme = pick(configuration.extremes)
    return extreme == .longNumbers && integer(0...3) > 0 ? pick(configuration.extremes) : extreme
  }

  private mutating func apply(_ extreme: Extreme, to draft: inout ModelDraft) {
    switch extreme {
    case .hugeRewards: draft.scaling.reward = pick([150, 300, 307, 400])
    case .tinyRewards: draft.scaling.reward = pick([-150, -300, -320, -400])
    case .offset:
      let offset = Self.powersOfTen[pick([6, 8, 10, 12])]
      for state in draft.liveStates {
        for pair in draft.states[state].pairs.indices {
          let reward = draft.states[state].pairs[pair].reward
          draft.states[state].pairs[pair].reward = Fraction(
            reward.numerator + offset * reward.denominator, over: reward.denominator)
        }
      }
    case .longHorizon:
      let size = Self.powersOfTen[pick([6, 9, 12, 15, 17])]
      draft.discount = Fraction(size - 1, over: size)
    case .tinyDiscount: draft.scaling.discount = pick([20, 300, 400])
    case .unreachablePenalty: draft.addUnreachable(-Self.powersOfTen[pick([6, 9, 12, 15])])
    case .tinyStep: draft.scaling.step = pick([12, 17, 160, 320, 400])
    case .longNumbers: draft.scaling.digits = pick([1000, 3000])
    }
  }

  private static let powersOfTen = (0...17).reduce(into: [Int]()) { powers, _ in
    powers.append((powers.last.map { $0 * 10 }) ?? 1)
  }
}

extension ModelDraft {
  /// Adds a state that nothing leads to, and that is never left; to be called before policies are.
  fileprivate mutating func addUnreachable(_ reward: Int) {
    let count = states.count + 1
    for state in states.indices {
      for pair in states[state].pairs.indices {
        let row = states[state].pairs[pair]
        states[state].pairs[pair].next = Weights(row.next.values + [0])
        if !row.nextRewards.isEmpty { states[state].pairs[pair].nextRewards.append(.zero) }
      }
    }
    initial = Weights(initial.values + [0])
    states.append(
      StateDraft(pairs: [
        PairDraft(action: 0, next: .point(count - 1, of: count), reward: Fraction(reward))
      ]))
  }
}
