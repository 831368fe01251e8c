import Foundation
import Testing

@testable import NeuralTRPO

@Suite("Running normalisation")
struct NormaliserTests {
  struct Golden: Decodable {
    var batches: [[Double]]
    var mean, variance, rewards: [Double]
    var discount, returnVariance: Double
    var slots, times: [Int32]
  }

  static func golden() throws -> Golden {
    try TrainingGoldens.load("moments.json", as: Golden.self)
  }

  /// A mean of n numbers is wrong by at most n ulp of the largest, 1e6 here; so are deviations from
  /// it, of size 1, which makes their mean square wrong by twice that.
  private static let tolerance = 2 * 341 * 1e6 * Double.ulpOfOne

  @Test("Moments of batches put together are NumPy's of all rows")
  func merged() throws {
    let golden = try Self.golden()
    var (merged, parts) = (RunningMoments(width: 3), RunningMoments(width: 3))
    for batch in golden.batches {
      merged.add(batch)
      var part = RunningMoments(width: 3)
      part.add(batch)
      parts.merge(part)
    }
    #expect(merged == parts && merged.count == 341)
    for column in 0..<3 {
      #expect(abs(merged.mean[column] - golden.mean[column]) <= Self.tolerance)
      #expect(abs(merged.variance[column] - golden.variance[column]) <= Self.tolerance)
    }
    // The second coordinate is of size 2, its variance 1e-6: that is right in its own digits.
    #expect(abs(merged.variance[1] / golden.variance[1] - 1) <= 1e-9)
    #expect(merged.variance[2] == 0)
  }

  @Test("Scaled rows have mean 0 and variance 1; what does not vary stays 0; bounds hold")
  func scaled() throws {
    let rows = try Self.golden().batches.flatMap { $0 }
    var normaliser = RunningNormaliser(width: 3, bound: 2)
    #expect(normaliser.scaling == .init(shift: [0, 0, 0], factor: [1, 1, 1], bound: 2))
    normaliser.observe(rows)
    normaliser.commit()
    let free = RunningNormaliser(committed: normaliser.committed, bound: .infinity)
    var moments = RunningMoments(width: 3)
    moments.add(Self.apply(free.scaling, to: rows))
    for column in 0..<2 {
      // ε takes 1e-8/(σ² + 1e-8) from the variance.
      let expected = 1 / (1 + 1e-8 / normaliser.committed.variance[column])
      #expect(abs(moments.mean[column]) <= 1e-7)
      #expect(abs(moments.variance[column] - expected) <= 1e-9)
    }
    let bounded = Self.apply(normaliser.scaling, to: rows)
    #expect(bounded.map(abs).max() == 2)
    for row in 0..<341 { #expect(bounded[3 * row + 2] == 0) }
    #expect(Self.apply(normaliser.scaling, to: [.nan, 0, 5])[0].isNaN)
  }

  @Test("Rewards are divided by the deviation of running discounted returns")
  func rewards() throws {
    let golden = try Self.golden()
    var normaliser = ReturnNormaliser(discount: golden.discount, bound: 1.5)
    #expect(normaliser.factor == 1)
    // In two parts, so that episodes go on from one to the next.
    for part in [0..<77, 77..<golden.rewards.count] {
      normaliser.observe(
        rewards: Array(golden.rewards[part]), slots: Array(golden.slots[part]),
        times: Array(golden.times[part]))
    }
    #expect(normaliser.factor == 1)
    normaliser.commit()
    let factor = 1 / (golden.returnVariance + 1e-8).squareRoot()
    #expect(abs(normaliser.factor / factor - 1) <= 1e-12)
    for (value, reward) in zip(normaliser.normalised(golden.rewards), golden.rewards) {
      #expect(abs(value - max(-1.5, min(1.5, reward * factor))) <= 1e-12)
    }
    #expect(normaliser.normalised([.nan])[0].isNaN)
  }

  @Test("Pitfall 10: what is seen while acting changes nothing before the update is done")
  func pitfall10() throws {
    let golden = try Self.golden()
    var observations = RunningNormaliser(width: 3)
    var rewards = ReturnNormaliser(discount: golden.discount)
    for batch in golden.batches {
      let (acting, earning) = (observations.scaling, rewards.factor)
      observations.observe(batch)
      rewards.observe(rewards: golden.rewards, slots: golden.slots, times: golden.times)
      // Here the update happens.
      #expect(observations.scaling == acting && rewards.factor == earning)
      observations.commit()
      rewards.commit()
      #expect((observations.scaling != acting) == !batch.isEmpty)
    }
    var all = RunningMoments(width: 3)
    golden.batches.forEach { all.add($0) }
    #expect(observations.committed == all && observations.pending.count == 0)
  }

  @Test("Pitfall 15: saved statistics are the same statistics, to the last bit")
  func pitfall15() throws {
    let golden = try Self.golden()
    var normaliser = RunningNormaliser(width: 3)
    var returns = ReturnNormaliser(discount: golden.discount)
    golden.batches.forEach { normaliser.observe($0) }
    returns.observe(rewards: golden.rewards, slots: golden.slots, times: golden.times)
    normaliser.commit()
    returns.commit()
    let saved = try JSONDecoder().decode(
      [RunningMoments].self,
      from: JSONEncoder().encode([normaliser.committed, returns.committed]))
    #expect(RunningNormaliser(committed: saved[0]) == normaliser)
    let restored = ReturnNormaliser(
      discount: golden.discount, committed: saved[1], runningReturns: returns.runningReturns)
    #expect(restored == returns)
  }

  private static func apply(_ scaling: ObservationScaling, to rows: [Double]) -> [Double] {
    ObservationScaling.rows(scaling, of: rows, width: scaling.shift.count)
  }
}
