import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Choices that a state does not offer")
struct ActionMaskTests {
  /// A linear policy over choices [4, 2] whose third choice is never offered, and the policy over
  /// [3, 2] that has no such choice: the same, number for number.
  @Test("A choice that is never offered might as well not be there")
  func removed() {
    let small = TestBatch(
      head: FactoredCategorical(choices: [3, 2]), hidden: [], inputs: 2, rows: 300, seed: 1)
    let head = FactoredCategorical(choices: [4, 2])
    let shape = NetworkShape(inputs: 2, hidden: [], outputs: 6)
    // Columns 0, 1, 3, 4, 5 of three rows: two of weights, one of biases.
    let columns = [0, 1, 3, 4, 5]
    func widened(_ vector: [Double], filling: Double) -> [Double] {
      var wide = [Double](repeating: filling, count: 18)
      for row in 0..<3 {
        for (index, column) in columns.enumerated() {
          wide[6 * row + column] = vector[5 * row + index]
        }
      }
      return wide
    }
    func narrowed(_ vector: [Double]) -> [Double] {
      (0..<3).flatMap { row in columns.map { vector[6 * row + $0] } }
    }
    let actions = small.actions.enumerated().map { index, action in
      index % 2 == 0 && action == 2 ? 3 : action
    }
    let mask = (0..<(6 * small.rows)).map { $0 % 6 != 2 }
    let parameters = widened(small.parameters, filling: 0.7)
    let wide = PolicyBatch<Double>(shape: shape, head: head, capacity: small.rows)
    wide.load(
      observations: small.observations, actions: actions, advantages: small.advantages, mask: mask,
      parameters: parameters)
    let narrow = small.loaded()

    let gradient = wide.gradient()
    let direction = small.direction(seed: 1)
    var (product, wideProduct) = (direction, parameters)
    narrow.fisherProduct(direction, into: &product)
    wide.fisherProduct(widened(direction, filling: 3), into: &wideProduct)
    for vector in [gradient, wideProduct] {
      #expect([2, 8, 14].allSatisfy { vector[$0] == 0 })
    }
    // The same sums in products of another shape: roundings of 300 terms of order 1/300.
    for (x, y) in zip(narrowed(gradient), narrow.gradient()) { #expect(abs(x - y) < 1e-14) }
    for (x, y) in zip(narrowed(wideProduct), product) { #expect(abs(x - y) < 1e-14) }
    let there = wide.values(widened(small.moved(by: 1, direction), filling: -9))
    let expected = narrow.values(small.moved(by: 1, direction))
    #expect(abs(there.surrogate - expected.surrogate) < 1e-14)
    #expect(abs(there.meanDivergence - expected.meanDivergence) < 1e-14)
  }

  /// Offers differ from row to row. The update must stay in the trust region and the derivatives be
  /// those of the values.
  @Test("Derivatives and updates where every state offers something else")
  func updates() {
    let test = TestBatch(
      head: FactoredCategorical(choices: [3, 4]), hidden: [6], rows: 300, seed: 2)
    var random = RandomStream(seed: 3)
    var mask = (0..<(7 * test.rows)).map { _ in random.uniform() < 0.6 }
    for row in 0..<test.rows {
      mask[7 * row + Int(test.actions[2 * row])] = true
      mask[7 * row + 3 + Int(test.actions[2 * row + 1])] = true
    }
    let batch = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: test.rows)
    batch.load(
      observations: test.observations, actions: test.actions, advantages: test.advantages,
      mask: mask, parameters: test.parameters)
    let direction = test.direction(seed: 4)
    let slope = test.slope(along: direction) { batch.values($0).surrogate }
    let expected = zip(batch.gradient(), direction).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(slope - expected) < 1e-7)

    var parameters = test.parameters
    let record = TrustRegionUpdate.perform(
      on: &parameters, batch, UpdateConfiguration(damping: 1e-3, fisherShare: 1))
    #expect(record.outcome == .accepted && record.meanDivergence <= 0.01)
  }

  @Test("Unavailable choices have probability 0 and are never drawn, in Float too")
  func sampling() {
    let head = FactoredCategorical(choices: [3])
    let mask = [true, false, true]
    var outputs: [Float] = [-40, 50, 1]
    mask.withUnsafeBufferPointer { flags in
      guard let flags = flags.baseAddress else { return }
      ActionMask.apply(flags, to: &outputs, count: 3)
    }
    var streams = [RandomStream(seed: 1)]
    outputs.withUnsafeBufferPointer { buffer in
      guard let y = buffer.baseAddress else { return }
      let block = HeadBlock(outputs: y, parameters: y, rows: 1)
      var (score, unused): ([Float], Float) = ([9, 9, 9], 0)
      head.scores(of: [2], weights: [1], block, into: &score, addingTo: &unused)
      #expect(score[1] == 0)
      var entropy = Float.nan
      head.entropies(block, into: &entropy)
      #expect(entropy.isFinite)
      for _ in 0..<1000 {
        var action: Float = -1
        head.sample(block, from: &streams, into: &action)
        #expect(action != 1)
      }
    }
  }

  /// Weights of which no sum is exact, and shares at both ends: a sum that rounds to less than 1, or a
  /// share that rounds up to all of it, must not fall through to the last choice.
  @Test("No share of the whole, however near to 0 or 1, falls on an unavailable choice")
  func extremeShares() {
    var stream = RandomStream(seed: 71)
    for _ in 0..<20_000 {
      let count = 3 + stream.integer(below: 6)
      var logits = (0..<count).map { _ in 3 * stream.normal() }
      (logits[0], logits[count - 1]) = (ActionMask.logit, ActionMask.logit)
      var sums = [Double](repeating: .nan, count: count)
      for share in [0, 0x1p-53, 1 - 0x1p-53] {
        let choice = FactoredCategorical.choice(at: share, logits, count: count, sums: &sums)
        #expect(choice > 0 && choice < count - 1)
      }
    }
  }
}
