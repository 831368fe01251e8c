import Foundation
import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import Testing

@testable import MDPFormats

/// The small files in `Tests/Interchange`, with right values that rational arithmetic of Python gave.
enum Interchange {
  static let folder: String = {
    let parts = #filePath.split(separator: "/").dropLast(2)
    return "/" + parts.joined(separator: "/") + "/Interchange"
  }()

  /// Reads a file as the command does.
  static func read(
    _ name: String, discount: String? = nil, decimals: DecimalReading? = nil
  ) throws -> MDPDocument {
    var configuration = MDPReaderConfiguration()
    configuration.discount = try discount.map { try ExactNumber(parsing: $0) }
    configuration.decimals = decimals
    return try ModelReader.read(
      InputBytes(path: "\(folder)/\(name)"), configuration: configuration)
  }

  /// The right values of a model.
  struct Known: Decodable {
    struct Values: Decodable {
      var values: [String]
      private enum CodingKeys: String, CodingKey { case values = "V" }
    }
    var model: String
    var discount: String
    var uniform: Values
    var optimal: Values
  }

  static func known(_ model: String) throws -> Known {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/known_values.json"))
    let all = try JSONDecoder().decode([Known].self, from: data)
    return try #require(all.first { $0.model == model })
  }

  /// By how much values miss the equation of the uniform policy, and that of the optimum: 0 for the values.
  static func residual(_ document: MDPDocument, _ values: [String], optimal: Bool) throws
    -> Rational
  {
    let mdp = try FiniteMDP<Rational>(document)
    let value = try values.map { try ExactNumber(parsing: $0).rational }
    try #require(value.count == mdp.stateCount)
    var worst = Rational(0)
    for state in 0..<mdp.stateCount {
      let pairs = mdp.space.pairs(of: state)
      let actions = pairs.map { pair in
        var sum = Rational(0)
        for entry in mdp.transitions.rowStart[pair]..<mdp.transitions.rowStart[pair + 1] {
          sum = sum + mdp.transitions.values[entry] * value[Int(mdp.transitions.columns[entry])]
        }
        return mdp.expectedReward[pair] + mdp.discount * sum
      }
      var right = Rational(0)
      if optimal {
        right = actions.max() ?? Rational(0)
      } else if !actions.isEmpty {
        right = actions.reduce(Rational(0), +) / Rational(actions.count)
      }
      worst = max(worst, (right - value[state]).magnitude)
    }
    return worst
  }
}

/// A folder that is removed in the end.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("monotone-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Writes a model in a format and reads it back.
func written(
  _ document: MDPDocument, as format: any WritableModelFormat, in folder: String,
  _ configuration: MDPReaderConfiguration
) throws -> MDPDocument {
  let files = try format.write(document, ModelWriting())
  for file in files {
    try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/model.\(file.ending)"))
  }
  var configuration = configuration
  configuration.format = format.name
  defer {
    for file in files {
      try? FileManager.default.removeItem(atPath: "\(folder)/model.\(file.ending)")
    }
  }
  return try ModelReader.read(
    InputBytes(path: "\(folder)/model.\(files[0].ending)"), configuration: configuration)
}

/// Whether two documents are one model, whatever its states and actions are called and in whatever order its
/// actions stand.
func expectSameModel(
  _ a: MDPDocument, _ b: MDPDocument, words: Bool, _ comment: Comment,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let (x, y) = (try FiniteMDP<Rational>(a), try FiniteMDP<Rational>(b))
  #expect(x.discount == y.discount, comment, sourceLocation: sourceLocation)
  #expect(x.initial == y.initial, comment, sourceLocation: sourceLocation)
  #expect(x.space.isTerminal == y.space.isTerminal, comment, sourceLocation: sourceLocation)
  try #require(x.space.pairStart == y.space.pairStart, comment, sourceLocation: sourceLocation)
  let names = TextModelWriter(a, .exact, allowsFractions: true, "").actionWords()
  for state in 0..<x.stateCount {
    for (rank, pair) in x.space.pairs(of: state).enumerated() {
      let name = names[Int(x.space.pairAction[pair])]
      let other =
        words
        ? y.space.actions.index(of: name).flatMap { y.space.pair(state: state, action: $0) }
        : y.space.pairs(of: state).lowerBound + rank
      let match = try #require(other, comment, sourceLocation: sourceLocation)
      #expect(row(x, pair) == row(y, match), comment, sourceLocation: sourceLocation)
      #expect(
        x.expectedReward[pair] == y.expectedReward[match], comment, sourceLocation: sourceLocation)
    }
  }
}

private func row(_ mdp: FiniteMDP<Rational>, _ pair: Int) -> [Int: Rational] {
  let range = mdp.transitions.rowStart[pair]..<mdp.transitions.rowStart[pair + 1]
  return Dictionary(
    uniqueKeysWithValues: range.map {
      (Int(mdp.transitions.columns[$0]), mdp.transitions.values[$0])
    })
}
