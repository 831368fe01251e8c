public import MonotoneProbability

/// The single path against another method, seed by seed.
public struct PairedComparison: Sendable, Equatable, Codable {
  public var experiment: PaperExperiment
  public var arm: PaperArm
  /// The paper's statement; nil where there is none.
  public var statement: String?
  public var hypothesis: PaperHypothesis
  /// The number that is compared.
  public var measure: PaperMeasure
  /// How many seeds both have.
  public var pairs: Int
  /// The mean of the method's number less the single path's, with the 95 % interval of the bootstrap over pairs.
  public var difference: StratifiedBootstrap.Estimate
  /// The probability of so much for the hypothesis, were it barely false: by the exact test of signs.
  public var probability: Double
  /// That, adjusted for all comparisons together by Holm.
  public var adjusted: Double

  /// A conclusion at 5 %, all comparisons together.
  public enum Conclusion: String, Sendable, Codable {
    /// The hypothesis is shown.
    case shown
    /// It is not.
    case notShown
    /// The paper states nothing, and nothing is concluded.
    case nothingStated
  }

  /// The conclusion.
  public var conclusion: Conclusion {
    guard statement != nil else { return .nothingStated }
    return adjusted <= Self.level ? .shown : .notShown
  }

  /// The chance of a false alarm among all comparisons together.
  public static let level = 0.05

  /// The comparison of a method's runs; nil where no seed is in both.
  init?(_ arm: PaperArm, in runs: PaperRuns) {
    let evaluation = runs.runs.filter { $0.stage == .evaluation }
    let rivals = Dictionary(
      evaluation.filter { $0.arm == arm }.map { ($0.seed, $0) }, uniquingKeysWith: { a, _ in a })
    let statement = runs.experiment.statement(on: arm)
    experiment = runs.experiment
    self.arm = arm
    self.statement = statement?.text
    hypothesis = statement?.hypothesis ?? .differs
    measure = if case .keepsGain(let measure) = hypothesis { measure } else { .score }
    var (differences, tested): ([Double], [Double]) = ([], [])
    for path in evaluation.sorted(by: { $0.seed < $1.seed }) where path.arm == .singlePath {
      guard let rival = rivals[path.seed], let theirs = rival.measure(measure),
        let ours = path.measure(measure), let beginning = path.beginning
      else { continue }
      differences.append(theirs - ours)
      tested.append(
        hypothesis.excess(of: theirs, over: ours, beginning: beginning))
    }
    guard (1...SignFlipTest.mostPairs).contains(differences.count) else { return nil }
    pairs = differences.count
    difference = StratifiedBootstrap([differences]).estimate(of: SampleStatistics.mean)
    probability = SignFlipTest(tested).probability(
      hypothesis == .differs ? .different : .greater)
    adjusted = probability
  }
}

extension PaperHypothesis {
  /// A number whose mean is above 0 if the hypothesis is true; for ``differs``, on either side of 0.
  ///
  /// - Parameter beginning: Where the single path began.
  func excess(of rival: Double, over path: Double, beginning: Double) -> Double {
    switch self {
    case .keepsGain: rival - (beginning + Self.keptShare * (path - beginning))
    case .isWorse: path - rival
    case .differs: rival - path
    }
  }
}
