import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles

/// What an independent implementation found: `Tools/make_goldens.py`, rational elimination in
/// Python's `fractions`, logarithms by mpmath to 40 digits.
struct Golden: Decodable {
  var mdp: String
  var representation: String
  var pairs: [Pair]?
  var optimal: Optimal?
  // The larger models: the uniform policy in float64, refined once.
  var policy: String?
  var `return`: Double?
  var stateValues: [String: Double]?
  var visitation: [String: Double]?

  struct Optimal: Decodable {
    var `return`: Text
  }

  struct Pair: Decodable {
    var name: String
    var current: [[String]?]
    var candidate: [[String]?]
    var stateValues: [String: String]
    var actionValues: [String: [String: String]]
    var advantages: [String: [String: String]]
    var visitation: [String: String]
    var `return`: String
    var returnCandidate: String
    var surrogate: String
    var policyAdvantage: String
    var maxAdvantage: String
    var maxExpectedAdvantage: String
    var penaltyCoefficient: String
    var maxTotalVariation: String
    var meanTotalVariation: String
    var maxKL: String
    var meanKL: String
    var maxReverseKL: String
    var meanReverseKL: String
  }

  /// A number written as text or as a JSON number.
  struct Text: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      text = try (try? container.decode(String.self)) ?? String(container.decode(Double.self))
    }
  }

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The names of the goldens.
  static let names: [String] = {
    let folder = root.appendingPathComponent("Tests/Goldens")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func load(_ name: String) throws -> Golden {
    let file = root.appendingPathComponent("Tests/Goldens/\(name).json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }

  func document() throws -> MDPDocument {
    try MDPReader.read(InputBytes(path: Golden.root.appendingPathComponent(mdp).path))
  }

  /// A policy given by rows; null rows at terminal states, zeros at unavailable actions.
  static func policy(_ rows: [[String]?], _ space: StateActionSpace) throws -> ExactPolicy {
    var probabilities: [Rational] = []
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        let text = rows[state]?[Int(space.pairAction[pair])] ?? "missing"
        probabilities.append(try ExactNumber(parsing: text).rational)
      }
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }
}
