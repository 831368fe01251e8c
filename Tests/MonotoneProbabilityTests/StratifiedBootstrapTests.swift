import Foundation
import Testing

@testable import MonotoneProbability

@Suite("Stratified bootstrap")
struct StratifiedBootstrapTests {
  /// The ranges are wide enough for a false alarm in a million seeds, of all of them together.
  @Test("Intervals are rliable's, as far as chance allows")
  func rliable() throws {
    let goldens = try RliableGoldens.read()
    for golden in goldens.cases {
      let estimate = StratifiedBootstrap(golden.tasks, repetitions: goldens.repetitions, seed: 1)
        .estimate()
      let scale = golden.tasks.joined().map { abs($0) }.max() ?? 0
      #expect(abs(estimate.value - golden.interquartileMean) <= 1e-12 * scale, "\(golden.name)")
      #expect(golden.lower.admits(estimate.lower), "\(golden.name): \(estimate)")
      #expect(golden.upper.admits(estimate.upper), "\(golden.name): \(estimate)")
    }
  }

  @Test("Bands of learning curves are rliable's, as far as chance allows")
  func band() throws {
    let goldens = try RliableGoldens.read()
    let band = StratifiedBootstrap.band(
      goldens.curves.runs, repetitions: goldens.repetitions, seed: 2)
    #expect(band.count == goldens.curves.points.count)
    for (estimate, golden) in zip(band, goldens.curves.points) {
      let estimate = try #require(estimate)
      #expect(abs(estimate.value - golden.interquartileMean) <= 1e-12 * 400)
      #expect(golden.lower.admits(estimate.lower), "\(estimate)")
      #expect(golden.upper.admits(estimate.upper), "\(estimate)")
    }
  }

  /// All ways to draw, each as likely, give the distribution of the repetitions. By the inequality of
  /// Dvoretzky, Kiefer, Wolfowitz and Massart, the distribution found differs nowhere by more than
  /// √(ln(2/α)/2n), but for a share α = 1e-9 of all seeds.
  @Test(
    "Repetitions are distributed as all ways to draw",
    arguments: [
      [[0.0, 1]], [[0, 1, 3]], [[0, 1, 3, 9, 27]], [[0, 1], [10, 20, 40]],
      [[5], [0, 1], [2, 2, 8]],
    ])
  func distribution(strata: [[Double]]) {
    let repetitions = 40_000
    let exact = draws(strata).map(SampleStatistics.interquartileMean).sorted()
    let found = StratifiedBootstrap(strata, repetitions: repetitions, seed: 3)
      .replicates(of: SampleStatistics.interquartileMean).sorted()
    let bound = (log(2 / 1e-9) / Double(2 * repetitions)).squareRoot()
    #expect(Set(found).isSubset(of: Set(exact)))
    for value in Set(exact) {
      let share = share(of: exact, upTo: value)
      #expect(abs(self.share(of: found, upTo: value) - share) <= bound, "\(strata), \(value)")
    }
  }

  /// Of two runs, both ends are drawn with probability ¼ and the mean with ½: the chance of other
  /// quantiles among 2,000 repetitions is below 1e-70 (Chernoff).
  @Test("Of two runs the interval is known")
  func twoRuns() {
    let bootstrap = StratifiedBootstrap([[3, 7]], repetitions: 2000, seed: 4)
    #expect(bootstrap.estimate() == .init(value: 5, lower: 3, upper: 7))
    #expect(bootstrap.estimate(level: 0.2) == .init(value: 5, lower: 5, upper: 5))
  }

  @Test("Tasks do not mix, and keep their weights")
  func strata() {
    let bootstrap = StratifiedBootstrap([[1, 1], [100], [1000, 1000, 1000]], repetitions: 100)
    let estimate = bootstrap.estimate(of: { SampleStatistics.mean($0) })
    #expect(estimate == .init(value: 517, lower: 517, upper: 517))
  }

  @Test("A seed makes an interval")
  func seeds() {
    let scores = [[0.1, 0.7, 1.3, 2.9, 3.1, 4.7]]
    let estimates = [5, 5, 6].map { seed in
      StratifiedBootstrap(scores, repetitions: 50, seed: seed).estimate(of: SampleStatistics.mean)
    }
    #expect(estimates[0] == estimates[1])
    #expect(estimates[0] != estimates[2])
  }

  @Test("Bands have points where all curves have numbers")
  func gaps() {
    let band = StratifiedBootstrap.band([[nil, 1, 2, 3], [1, 1, 4]], repetitions: 10)
    #expect(band.map { $0?.value } == [nil, 1, 3])
    #expect(StratifiedBootstrap.band([]).isEmpty)
  }

  /// Every way to draw from each task as many runs as it has.
  private func draws(_ strata: [[Double]]) -> [[Double]] {
    strata.reduce([[]]) { drawn, runs in
      runs.reduce(drawn) { drawn, _ in drawn.flatMap { one in runs.map { one + [$0] } } }
    }
  }

  private func share(of sorted: [Double], upTo value: Double) -> Double {
    Double(sorted.count { $0 <= value }) / Double(sorted.count)
  }
}
