import TestSupport
import Testing

@testable import MDPCore

@Suite("Batches of samples")
struct SampleBatchTests {
  private func batch(weights: [Double] = [], trajectories: [Int] = []) -> SampleBatch {
    SampleBatch(
      states: [1, 1, 2, 5], pairs: [0, 1, 2, 4], advantages: [0.5, -0.5, 0, 2], weights: weights,
      trajectories: trajectories)
  }

  @Test(
    "Trajectories are numbered in the order of their first rows, whatever they were called",
    arguments: [
      ([7, 7, 7, 7], [0, 0, 0, 0]), ([9, 2, 9, 5], [0, 1, 0, 2]),
      ([-1, Int.max, Int.min, -1], [0, 1, 2, 0]), ([3, 2, 1, 0], [0, 1, 2, 3]),
    ] as [([Int], [Int32])])
  func renumbering(_ labels: [Int], _ expected: [Int32]) {
    #expect(batch(trajectories: labels).trajectories == expected)
  }

  @Test("Without labels every row is a trajectory, without weights every row weighs 1")
  func defaults() {
    let plain = batch()
    #expect(plain.trajectories == [0, 1, 2, 3] && plain.weights == [1, 1, 1, 1])
    #expect(plain.count == 4 && plain.states == [1, 1, 2, 5] && plain.pairs == [0, 1, 2, 4])
    #expect(batch(weights: [0, 0, 2, 0]).weights == [0, 0, 2, 0])
    // Batches that say the same are equal, whatever their trajectories were called.
    #expect(batch(trajectories: [4, 4, 8, 8]) == batch(trajectories: [1, 1, 0, 0]))
  }

  @Test("Columns of different lengths are refused with the lengths")
  func lengths() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = SampleBatch(states: [0, 0], pairs: [0, 0], advantages: [1]) }
    #expect(
      result?.errorText.contains("2 states, 2 pairs, 1 advantages, 0 weights, 0 trajectories")
        == true)
    let empty = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = SampleBatch(states: [], pairs: [], advantages: []) }
    #expect(empty?.errorText.contains("0 states") == true)
  }

  @Test("Weights that say nothing, are negative or sum to infinity are refused")
  func weights() async {
    let nothing = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SampleBatch(states: [0, 0], pairs: [0, 0], advantages: [1, 1], weights: [0, 0])
    }
    #expect(nothing?.errorText.contains("weights that sum to 0") == true)
    let negative = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SampleBatch(states: [0, 0], pairs: [0, 0], advantages: [1, 1], weights: [2, -1])
    }
    #expect(negative?.errorText.contains("weights that sum to 1") == true)
    let infinite = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SampleBatch(
        states: [0, 0], pairs: [0, 0], advantages: [1, 1], weights: [1e308, 1e308])
    }
    #expect(infinite?.errorText.contains("weights that sum to inf") == true)
  }
}
