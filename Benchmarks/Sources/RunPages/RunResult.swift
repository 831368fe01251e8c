import Foundation
import MonotoneProbability

/// The result file of a run, as `locomotion.py` and `peers/sb3_locomotion.py` describe it.
struct RunResult: Decodable {
  /// What the updates of the policy did.
  struct Updates: Decodable {
    /// δ.
    var budget: Double
    var count: Int
    var rejected: Int
    /// The realised mean KL of each accepted update as a share of δ.
    var klShares: [Double]
    /// The realised gain of its surrogate as a share of the predicted one.
    var gainRatios: [Double]
  }

  /// What a robot earns without moving forward.
  struct Standing: Decodable {
    /// The mean return of zero actions.
    var zeroActions: Double
    /// What it earns that never falls.
    var upright: Double
    /// What one metre of advance earns.
    var metre: Double

    /// The return that only moving forward exceeds.
    var best: Double { max(zeroActions, upright) }
    /// The return of a forward gait: a metre beyond.
    var gait: Double { best + metre }
  }

  var environment: String
  var seed: Int
  var versions: [String: String]
  var processorSeconds: Double
  var score: Double
  var pointEvery: Double
  var curve: [Double?]
  var updates: Updates?
  var estimator: String?
  var standing: Standing?

  /// A file that is no result.
  struct Unreadable: Error, CustomStringConvertible {
    var description: String
  }

  /// The results of a folder, in the order of seeds; none where there is no folder.
  static func read(_ folder: URL) throws -> [RunResult] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try names.filter { $0.hasSuffix(".json") }.map { name in
      let file = folder.appendingPathComponent(name)
      do {
        return try JSONDecoder().decode(RunResult.self, from: Data(contentsOf: file))
      } catch { throw Unreadable(description: "\(file.path): \(error)") }
    }.sorted { $0.seed < $1.seed }
  }
}

extension [RunResult] {
  var scores: [Double] { map(\.score) }

  /// Their scores, seed by seed.
  var listing: String { scores.map { Page.number($0) }.joined(separator: ", ") }

  /// Mean core-minutes of a run; nil of none.
  var minutes: Double? {
    isEmpty ? nil : SampleStatistics.mean(map(\.processorSeconds)) / 60
  }

  /// The interquartile mean of the scores, with its interval; nil of none.
  var estimate: StratifiedBootstrap.Estimate? {
    isEmpty ? nil : StratifiedBootstrap([scores]).estimate()
  }
}
