import Foundation
import Testing

@testable import TRPOComparison

/// The analysis of the paper's experiments on runs whose results are known beforehand.
@Suite("The paper's experiments")
struct PaperDocumentTests {
  /// Runs of methods whose curve rises from 10 to a final score, seed by seed.
  private static func file(
    _ scores: [PaperArm: [Double]], on experiment: PaperExperiment = .cartPole,
    tuning: [PaperRun] = []
  ) -> PaperRuns {
    PaperRuns(
      schema: PaperRuns.schemaName, experiment: experiment, pointEvery: 100, episodes: 100,
      methods: PaperArm.allCases.filter { scores[$0] != nil }.map {
        .init(arm: $0, swept: "--delta", command: "train \($0.rawValue)")
      }, versions: [:],
      runs: tuning
        + scores.flatMap { arm, scores in
          scores.enumerated().map { seed, score in
            PaperRun(
              arm: arm, stage: .evaluation, value: 0.01, seed: seed, steps: 300,
              curve: [nil, 10, score], score: score)
          }
        })
  }

  private static let path = (0..<10).map { 110 + Double($0) }

  private static func comparison(
    _ arm: PaperArm, _ scores: [Double], on experiment: PaperExperiment = .cartPole
  ) throws -> PairedComparison {
    let document = PaperDocument([file([.singlePath: path, arm: scores], on: experiment)])
    return try #require(document.comparisons.first)
  }

  @Test("Not much worse: more than four fifths of the gain over the beginning, in every seed")
  func keepsGain() throws {
    // The single path gains 100 + seed over its beginning of 10.
    let kept = try Self.comparison(.vine, Self.path.map { 10 + 0.81 * ($0 - 10) })
    #expect(kept.probability == 1 / 1024 && kept.conclusion == .shown)
    #expect(kept.measure == .score && kept.pairs == 10)
    #expect(abs(kept.difference.value - -0.19 * 104.5) < 1e-9)
    let lost = try Self.comparison(.vine, Self.path.map { 10 + 0.79 * ($0 - 10) })
    #expect(lost.probability == 1 && lost.conclusion == .notShown)
  }

  @Test("A slower method is judged by the mean of its curve")
  func slower() throws {
    // The mean of the curve is half of 10 and the score: a gain of 0.7 of the single path's is too little.
    let found = try Self.comparison(.maxKL, Self.path.map { 10 + 0.7 * ($0 - 10) })
    #expect(found.measure == .curve && found.conclusion == .notShown)
    #expect(abs(found.difference.value - -0.15 * 104.5) < 1e-9)
    #expect(try Self.comparison(.maxKL, Self.path).conclusion == .shown)
  }

  @Test("Where the paper says nothing, nothing is concluded")
  func silence() throws {
    let found = try Self.comparison(.rewardWeighted, Self.path.map { $0 - 50 })
    #expect(found.probability == 2 / 1024 && found.conclusion == .nothingStated)
    #expect(found.hypothesis == .differs && found.statement == nil)
    #expect(try Self.comparison(.crossEntropy, Self.path).conclusion == .nothingStated)
  }

  @Test("A method that performs poorly must score less")
  func worse() throws {
    let poor = try Self.comparison(.crossEntropy, Self.path.map { $0 - 1 }, on: .walker)
    #expect(poor.probability == 1 / 1024 && poor.conclusion == .shown)
    #expect(
      try Self.comparison(.crossEntropy, Self.path.map { $0 + 1 }, on: .walker).conclusion
        == .notShown)
  }

  @Test("Pairs are of one seed, whatever the order of runs; what one lacks is left out")
  func pairs() throws {
    var file = Self.file([.singlePath: Self.path, .vine: Self.path.map { $0 + 1 }])
    file.runs.shuffle()
    file.runs.removeAll { $0.arm == .vine && $0.seed == 3 }
    let found = try #require(PaperDocument([file]).comparisons.first)
    #expect(found.pairs == 9 && abs(found.difference.value - 1) < 1e-12)
    #expect(found.difference.lower == found.difference.upper)
  }

  @Test("Comparisons of all tasks are adjusted together")
  func together() throws {
    let scores = [PaperArm.singlePath: Self.path, .vine: Self.path, .rewardWeighted: Self.path]
    let one = PaperDocument([Self.file(scores)])
    let two = PaperDocument([Self.file(scores, on: .swimmer), Self.file(scores)])
    #expect(one.comparisons[0].adjusted == 2.0 / 1024)
    #expect(two.comparisons[0].adjusted == 4.0 / 1024)
    #expect(two.experiments.map(\.experiment) == [.cartPole, .swimmer])
  }

  @Test("Another value than the sweep's best is found")
  func sweep() {
    func run(_ value: Double, _ seed: Int, _ score: Double) -> PaperRun {
      PaperRun(
        arm: .singlePath, stage: .tuning, value: value, seed: seed, steps: 300, curve: [],
        score: score)
    }
    let scores = [PaperArm.singlePath: Self.path]
    let best = [run(0.01, 100, 5), run(0.01, 101, 7), run(0.03, 100, 9), run(0.03, 101, 2)]
    #expect(PaperDocument([Self.file(scores, tuning: best)]).experiments[0].arms[0].isBestOfSweep)
    let other = best.map { run($0.value == 0.01 ? 0.03 : 0.01, $0.seed, $0.score) }
    #expect(!PaperDocument([Self.file(scores, tuning: other)]).experiments[0].arms[0].isBestOfSweep)
  }

  @Test("Faults of a file are named")
  func faults() {
    let sound = Self.file([.singlePath: Self.path])
    #expect(sound.faults.isEmpty)
    var file = sound
    file.runs.append(file.runs[0])
    #expect(file.faults.contains { $0.contains("is there twice") })
    file = sound
    file.runs[0].stage = .tuning
    file.runs[0].seed = 4
    #expect(file.faults.contains { $0.contains("was used for tuning") })
    file = sound
    file.methods = []
    #expect(file.faults.count == 10)
    file = sound
    file.schema = "monotone/paper-runs/v2"
    #expect(file.faults.contains { $0.contains("reads \"monotone/paper-runs/v1\"") })
  }
}
