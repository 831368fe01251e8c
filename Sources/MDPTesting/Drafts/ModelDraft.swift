/// A small model and some policies of it in machine words: what is generated and shrunk.
///
/// Every draft is valid by construction: distributions are weights, a state without pairs is
/// terminal, actions ascend within a state. The policies live beside the transitions, so that
/// whatever removes a state or an action removes it from all of them.
struct ModelDraft: Sendable, Hashable {
  /// The model's name.
  var name: String
  /// γ, in [0, 1).
  var discount: Fraction
  /// ρ₀ by state.
  var initial: Weights
  /// By state; terminal where there are no pairs.
  var states: [StateDraft]
  /// The fewest policies that shrinking leaves.
  var policyMinimum: Int
  /// How far the numbers are from the draft's own.
  var scaling = Scaling()

  /// A state: its pairs, and what each policy does there.
  struct StateDraft: Sendable, Hashable {
    var pairs: [PairDraft] = []
    /// By policy, over the pairs; empty in a terminal state.
    var policies: [Weights] = []

    var isTerminal: Bool { pairs.isEmpty }
  }

  /// An available action.
  struct PairDraft: Sendable, Hashable {
    var action: Int
    /// P(·|s,a) by state.
    var next: Weights
    /// r(s,a).
    var reward: Fraction
    /// The reward added by next state; empty for none.
    var nextRewards: [Fraction] = []
  }

  var liveStates: [Int] { states.indices.filter { !states[$0].isTerminal } }
  var policyCount: Int { states.first { !$0.isTerminal }?.policies.count ?? 0 }

  /// How complex the draft is: what shrinking reduces with every step.
  var complexity: Complexity {
    var complexity = Complexity(states: states.count, policies: policyCount)
    complexity.transitions = initial.support.count
    complexity.scale = scaling.size
    complexity.roughness = discount.roughness + initial.roughness
    for state in states {
      complexity.pairs += state.pairs.count
      for pair in state.pairs {
        complexity.transitions += pair.next.support.count
        complexity.roughness += pair.next.roughness + pair.reward.roughness
        complexity.roughness += pair.nextRewards.reduce(0) { $0 + 1 + $1.roughness }
      }
      for (index, row) in state.policies.enumerated() {
        if !row.isUniform { complexity.unevenness += 1 + row.roughness }
        if index > 0, row != state.policies[index - 1] { complexity.unevenness += 1 }
      }
    }
    complexity.labels = states.flatMap(\.pairs).reduce(0) { $0 + $1.action }
    return complexity
  }

  /// The size of a draft, compared in the order of what matters most to a reader.
  struct Complexity: Comparable {
    var states: Int
    var pairs = 0
    var policies: Int
    var transitions = 0
    /// How far the numbers are from everyday ones.
    var scale = 0
    /// How far the numbers of the model are from round.
    var roughness = 0
    /// How far the policies are from uniform, and from each other.
    var unevenness = 0
    /// The sum of the actions' numbers: action 0 is simpler than action 1.
    var labels = 0

    init(states: Int, policies: Int) {
      self.states = states
      self.policies = policies
    }

    private var parts: [Int] {
      [states, pairs, policies, transitions, scale, roughness, unevenness, labels]
    }

    static func < (a: Complexity, b: Complexity) -> Bool {
      a.parts.lexicographicallyPrecedes(b.parts)
    }
  }
}
