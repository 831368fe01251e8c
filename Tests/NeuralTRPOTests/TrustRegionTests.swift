import MonotoneProbability
import RealModule
import Testing

@testable import NeuralTRPO

/// The one promise of an update, over batches that no one would wish for.
@Suite("No update leaves the trust region")
struct TrustRegionTests {
  /// What a batch's advantages and weights may be like.
  enum Kind: CaseIterable, Sendable {
    case ordinary, constant, zero, huge, tiny, oneOutlier, oneNaN, oneInfinite, certain
    case someWithoutWeight, unlikelyActions, grouped
  }

  struct Case<Number: NetworkNumber> {
    var test: TestBatch
    var weights: [Double]
    var batch: PolicyBatch<Number>
    var configuration: UpdateConfiguration
  }

  /// A random batch of a kind, and settings of an update.
  private func make<Number: NetworkNumber>(
    _ kind: Kind, _ constraint: DivergenceConstraint, _ number: Number.Type,
    _ random: inout RandomStream
  ) -> Case<Number> {
    let heads: [any PolicyHead] = [
      FactoredCategorical(choices: [3]), FactoredCategorical(choices: [2, 3]),
      DiagonalGaussian(dimensions: 2), DiagonalGaussian(dimensions: 1, fixedLogDeviation: -1),
    ]
    let head = heads[random.integer(below: heads.count)]
    var test = TestBatch(
      head: head, hidden: [[], [4], [4, 3]][random.integer(below: 3)], inputs: 2, rows: 24,
      seed: random.next())
    if kind == .grouped { test = TestBatch(test, repeatingObservations: 4) }
    if kind == .certain { test.parameters = test.parameters.map { 30 * $0 } }
    if kind == .unlikelyActions, head is DiagonalGaussian {
      test.actions = test.actions.map { 50 * $0 }
    }
    let place = random.integer(below: 24)
    switch kind {
    case .constant: test.advantages = test.advantages.map { _ in -3 }
    case .zero: test.advantages = test.advantages.map { _ in 0 }
    case .huge: test.advantages = test.advantages.map { 1e30 * $0 }
    case .tiny: test.advantages = test.advantages.map { 1e-30 * $0 }
    case .oneOutlier: test.advantages[place] = 1e9
    case .oneNaN: test.advantages[place] = .nan
    case .oneInfinite: test.advantages[place] = -.infinity
    default: break
    }
    let weights = (0..<24).map { row in
      kind == .someWithoutWeight && row % 3 > 0 ? 0.0 : kind == .someWithoutWeight ? 5 : 1.0 / 24
    }
    let batch = PolicyBatch<Number>(shape: test.shape, head: head, capacity: 24)
    batch.load(
      observations: test.observations.map { Number($0) }, actions: test.actions.map { Number($0) },
      advantages: test.advantages.map { Number($0) }, weights: weights.map { Number($0) },
      importance: kind == .grouped ? (0..<24).map { Number(1 + $0 % 5) } : nil,
      groupSize: kind == .grouped ? 4 : nil, parameters: test.parameters.map { Number($0) })
    let configuration = UpdateConfiguration(
      budget: Double.exp(-18 * random.uniform() + 2), constraint: constraint,
      damping: [0, 1e-3, 0.1][random.integer(below: 3)],
      fisherShare: [0.1, 1][random.integer(below: 2)],
      acceptRatio: [0, 0.5][random.integer(below: 2)])
    return Case(test: test, weights: weights, batch: batch, configuration: configuration)
  }

  @Test(
    "Accepted steps spend at most δ, others do not move", arguments: Kind.allCases,
    DivergenceConstraint.allCases)
  func double(kind: Kind, constraint: DivergenceConstraint) {
    var random = RandomStream(seed: 31)
    var accepted = 0
    for _ in 0..<40 {
      let trial = make(kind, constraint, Double.self, &random)
      let test = trial.test
      var parameters = test.parameters
      let record = TrustRegionUpdate.perform(on: &parameters, trial.batch, trial.configuration)
      guard record.outcome == .accepted else {
        #expect(parameters == test.parameters)
        #expect(kind != .zero || record.outcome == .stationary)
        continue
      }
      accepted += 1
      var new = test.plain
      new.parameters = parameters
      var (sum, total, largest) = (0.0, 0.0, 0.0)
      for row in 0..<test.rows {
        // Of every state, whether or not it weighs anything.
        let divergence = test.plain.divergence(to: new, test.observation(row))
        sum += trial.weights[row] * divergence
        total += trial.weights[row]
        largest = max(largest, divergence)
      }
      let spent = constraint == .meanKL ? sum / total : largest
      // Written out, divergences cancel to 1e-16 of terms of up to a few hundred.
      #expect(spent <= trial.configuration.budget * (1 + 1e-9) + 1e-13)
      let told = constraint == .meanKL ? record.meanDivergence : record.maximumDivergence
      #expect(told <= trial.configuration.budget && record.surrogateGain > 0)
    }
    let isHopeless = [.zero, .oneNaN, .oneInfinite].contains(kind)
    #expect(isHopeless ? accepted == 0 : accepted > 5, "\(accepted) accepted")
  }

  @Test("In single precision too", arguments: Kind.allCases, DivergenceConstraint.allCases)
  func float(kind: Kind, constraint: DivergenceConstraint) {
    var random = RandomStream(seed: 32)
    for _ in 0..<40 {
      let trial = make(kind, constraint, Float.self, &random)
      let old = trial.test.parameters.map { Float($0) }
      var parameters = old
      let record = TrustRegionUpdate.perform(on: &parameters, trial.batch, trial.configuration)
      guard record.outcome == .accepted else {
        #expect(parameters == old)
        continue
      }
      #expect(parameters.allSatisfy { $0.isFinite })
      let spent = trial.batch.values(parameters).divergence(constraint)
      #expect(spent <= trial.configuration.budget)
    }
  }
}
