import Testing

@testable import MonotoneProbability

@Suite("Statistics of samples")
struct SampleStatisticsTests {
  @Test("The interquartile mean is rliable's")
  func interquartileMean() throws {
    for golden in try RliableGoldens.read().means {
      let found = SampleStatistics.interquartileMean(golden.values)
      let scale = golden.values.map { abs($0) }.max() ?? 0
      #expect(abs(found - golden.interquartileMean) <= 1e-12 * scale, "\(golden.values)")
    }
  }

  @Test("The interquartile mean does not see the outer quarters, in whatever order")
  func outerQuarters() {
    #expect(SampleStatistics.interquartileMean([8, 2, 6, 1, 4, 7, 3, 5]) == 4.5)
    #expect(SampleStatistics.interquartileMean([1e300, -1e300, 6, -7, 4, .infinity, 3, 5]) == 4.5)
    // Of three there is no whole quarter.
    #expect(SampleStatistics.interquartileMean([9, 0, 3]) == 4)
  }

  /// Of 0, 1, …, n the p-quantile is np.
  @Test("Quantiles lie on the lines between neighbours", arguments: [0, 0.125, 0.5, 0.75, 1])
  func quantile(probability: Double) {
    let values = [3.0, 0, 8, 1, 2, 7, 4, 6, 5]
    #expect(SampleStatistics.quantile(probability, of: values) == 8 * probability)
    #expect(SampleStatistics.quantile(probability, of: [-2]) == -2)
    #expect(SampleStatistics.quantile(probability, of: [.infinity, .infinity]) == .infinity)
  }

  /// Of 1, …, n the variance is n(n + 1)/12.
  @Test("The standard deviation divides by one less than the count")
  func standardDeviation() {
    #expect(SampleStatistics.standardDeviation([1, 2, 3]) == 1)
    #expect(
      SampleStatistics.standardDeviation((1...8).map { 1e6 + Double($0) }) == 6.0.squareRoot())
    #expect(SampleStatistics.standardDeviation([7]) == nil)
  }

  @Test("NaN is not passed over")
  func notANumber() {
    let values = [1, .nan, 2, 3, 4.0]
    #expect(SampleStatistics.mean(values).isNaN)
    #expect(SampleStatistics.standardDeviation(values)?.isNaN == true)
    #expect(SampleStatistics.interquartileMean(values).isNaN)
    #expect(SampleStatistics.quantile(0, of: values).isNaN)
  }
}
