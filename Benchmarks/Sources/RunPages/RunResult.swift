import Foundation
import MonotoneProbability

/// The result file of a run, as `training_runs.py`, `locomotion.py` and
/// `peers/sb3_locomotion.py` describe it.
package struct RunResult: Decodable {
  /// What the updates of the policy did.
  package struct Updates: Decodable {
    /// δ.
    package var budget: Double
    package var count: Int
    package var rejected: Int
    /// The realised mean KL of each accepted update as a share of δ.
    package var klShares: [Double]
    /// The realised gain of its surrogate as a share of the predicted one.
    package var gainRatios: [Double]
  }

  /// What a robot earns without moving forward.
  package struct Standing: Decodable {
    /// The mean return of zero actions.
    package var zeroActions: Double
    /// What it earns that never falls.
    package var upright: Double
    /// What one metre of advance earns.
    package var metre: Double

    /// The return that only moving forward exceeds.
    package var best: Double { max(zeroActions, upright) }
    /// The return of a forward gait: a metre beyond.
    package var gait: Double { best + metre }
  }

  package var environment: String
  package var steps: Int
  package var seed: Int
  package var versions: [String: String]
  package var processorSeconds: Double
  package var score: Double
  package var pointEvery: Double
  package var curve: [Double?]
  package var updates: Updates?
  package var estimator: String?
  package var standing: Standing?

  /// A file that is no result.
  package struct Unreadable: Error, CustomStringConvertible {
    package var description: String
  }

  /// The results of a folder, in the order of seeds; none where there is no folder.
  package static func read(_ folder: URL) throws -> [RunResult] {
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
  package var scores: [Double] { map(\.score) }

  /// Their scores, seed by seed.
  package var listing: String { scores.map { Page.number($0) }.joined(separator: ", ") }

  /// Mean core-minutes of a run; nil of none.
  package var minutes: Double? {
    isEmpty ? nil : SampleStatistics.mean(map(\.processorSeconds)) / 60
  }

  /// The interquartile mean of the scores, with its interval; nil of none.
  package var estimate: StratifiedBootstrap.Estimate? {
    isEmpty ? nil : StratifiedBootstrap([scores]).estimate()
  }
}
