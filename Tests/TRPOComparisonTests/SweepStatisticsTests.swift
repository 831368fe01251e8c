import TestSupport
import Testing

@testable import TRPOComparison

/// Fits and tests where samples leave no doubt.
@Suite(.tags(.slow)) struct SweepStatisticsTests {
  @Test func slopesNeedThreeSizes() {
    let repeats = [2, 2, 2]
    #expect(SlopeFit(power: [10, 10, 10], [0.3, 0.2, 0.1], repeats: repeats) == nil)
    #expect(SlopeFit(power: [10, 10, 20], [0.3, 0.2, 0.1], repeats: repeats) == nil)
    #expect(SlopeFit(power: [10, 20, 40], [0.3, 0.2, 0.1], repeats: repeats) != nil)
    let means = [0.3, 0.2, 0.1].map { SampleMean([$0, 2 * $0]) }
    #expect(SlopeFit(power: [10, 10, 10], means) == nil)
  }

  @Test func roundingErrorsHaveNoSlope() {
    #expect(SlopeFit(power: [10, 20, 40], [3e-16, 0.9e-15, 2.6e-15], repeats: [2, 2, 2]) == nil)
  }

  /// Groups of ten, each of so much a trajectory.
  private static func groups(_ each: [Double]) -> [ZeroMeanTest.Group] {
    each.map { ZeroMeanTest.Group(numerator: [10 * $0], denominator: 30, count: 10) }
  }

  private static func test(
    _ each: [Double], numerator: Double, denominator: Double = 3
  ) -> ZeroMeanTest {
    ZeroMeanTest(
      groups(each), numerator: [numerator], denominator: denominator, falseAlarm: 1e-6)
  }

  /// Sums of the same numbers in another order: off by rounding, all to the same side, and hardly scattered.
  @Test func roundingErrorsAreNoBias() {
    let (one, ulp) = (0.1, 0.1.ulp)
    let each = (0..<40).map { one + Double(3 + $0 % 2) * ulp }
    #expect(Self.test(each, numerator: one).passes)
  }

  /// What is certain and wrong is refuted, though there is no scatter to hold it against.
  @Test func certainErrorsAreRefuted() {
    let each = [Double](repeating: 0.1, count: 40)
    #expect(Self.test(each, numerator: 0.1).passes)
    #expect(!Self.test(each, numerator: 0.11).passes)
    #expect(!Self.test(each, numerator: 0.1, denominator: 2).passes)
    #expect(!Self.test(each, numerator: .nan).passes)
  }

  /// Against two-sided quantiles of `scipy.stats.t.isf(p / 2, freedom)`, SciPy 1.17.
  @Test(arguments: [
    (1e-8, 1, 63661977.23675813), (1e-8, 5, 71.69350276982087), (1e-8, 9, 19.78217906536479),
    (1e-8, 29, 7.912620096451937), (1e-8, 200, 5.982226584251422),
    (1e-10, 3, 2804.2938253395255), (1e-10, 20, 12.209990193589013),
    (0.05, 1, 12.706204736174705), (0.05, 4, 2.7764451051977943),
  ])
  func limitsAreNoLessThanStudents(_ probability: Double, _ freedom: Int, _ quantile: Double) {
    let limit = ZeroMeanTest.limit(probability, freedom: freedom)
    // A bound may be wide, but one that is never reached would test nothing.
    #expect(limit >= quantile * (1 - 1e-12) && limit < 2.5 * quantile)
  }
}
