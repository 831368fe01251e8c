import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MonotoneFiles

/// What independent solvers in Python found: `Tools/make_rule_goldens.py` (a barrier method in 512
/// bits, Clarabel, SLSQP) and `Tools/make_softmax_goldens.py` (finite differences in 60 digits).
enum RuleGoldens {
  /// The optima of the convex rules on one random model.
  struct Convex: Decodable, Sendable {
    var policy: [[String]?]
    var optima: [Optimum]
  }

  struct Optimum: Decodable, Sendable {
    var rule: String
    var budget: Double?
    /// What the rule's objective gains over the start.
    var objective: String
    /// How far that may be from the optimum.
    var gap: Double
  }

  /// Gradient, metric and steps of one softmax policy, by pair.
  struct Softmax: Decodable, Sendable {
    var name: String
    var policy: [[String]?]
    var budget: Double
    var step: Double
    var gradient: [Double]
    var fisher: [[Double]]
    var naturalGradient: [Double]
    var steps: [String: [Double]]
  }

  /// A golden with its model and start.
  struct Entry<Golden: Decodable & Sendable>: Sendable {
    var golden: Golden
    var document: MDPDocument
    var start: ExactPolicy
  }

  static func convex() throws -> [Entry<Convex>] { try load("convex", Convex.self, \.policy) }
  static func softmax() throws -> [Entry<Softmax>] { try load("softmax", Softmax.self, \.policy) }

  private static func load<Golden: Decodable & Sendable>(
    _ name: String, _ type: Golden.Type, _ rows: (Golden) -> [[String]?]
  ) throws -> [Entry<Golden>] {
    let data = try Data(
      contentsOf: Models.root.appendingPathComponent("Tests/Goldens/rules/\(name).json"))
    let goldens = try JSONDecoder().decode([Golden].self, from: data)
    let objects = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    return try zip(goldens, objects).map { golden, object in
      let document = try document(object["mdp"])
      return Entry(
        golden: golden, document: document,
        start: try policy(rows(golden), document.space))
    }
  }

  /// A model by path, or spelt out with every number a string.
  private static func document(_ value: Any?) throws -> MDPDocument {
    if let path = value as? String {
      return try MDPReader.read(InputBytes(path: Models.root.appendingPathComponent(path).path))
    }
    let bytes = try JSONSerialization.data(withJSONObject: value ?? [:])
    return try MDPReader.read(InputBytes(bytes, name: "golden"))
  }

  private static func policy(
    _ rows: [[String]?], _ space: StateActionSpace
  ) throws -> ExactPolicy {
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
