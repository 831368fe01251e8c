import Foundation
import MDPCore
import MonotoneArithmetic
import MonotoneFiles
import Testing

@testable import MDPFormats

/// Parts of models are held against the whole model in rational arithmetic.
@Suite("Models in parts")
struct PartedModelTests {
  static let models = [
    "racing", "frozen-lake-4x4", "garnet-10-3-3", "river-swim", "taxi", "cliff-walking",
  ]

  /// A folder that goes away with the test.
  final class Folder {
    let path: String

    init() throws {
      path = NSTemporaryDirectory() + "monotone-parts-\(UUID().uuidString)"
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], _ name: String) throws -> String {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
      return "\(path)/\(name)"
    }
  }

  static func document(_ name: String) throws -> MDPDocument {
    try ModelReader.read(InputBytes(path: "\(CorpusTests.folder)/\(name).json"))
  }

  private static func umb(
    _ document: MDPDocument, _ numbers: NumberWriting = .exact
  ) throws -> [UInt8] {
    var writing = ModelWriting()
    writing.numbers = numbers
    return try UMBFormat().write(document, writing)[0].bytes
  }

  /// Everything that a part says is true of the document, within the part's own bounds.
  private static func check(
    _ part: ModelPart, against document: MDPDocument, _ comment: Comment
  ) throws {
    let mdp = try FiniteMDP<Rational>(document)
    let space = mdp.space
    let slack = Rational(finite: part.probabilityError)
    for (place, state) in part.states.enumerated() {
      #expect(part.isTerminal[place] == space.isTerminal[state], comment)
      let pairs = part.pairs(of: place)
      guard !space.isTerminal[state] else {
        #expect(pairs.count == 1 && part.reward[pairs.lowerBound] == 0, comment)
        #expect(part.entries(of: pairs.lowerBound).map { Int(part.nextState[$0]) } == [state])
        continue
      }
      #expect(pairs.count == space.pairs(of: state).count, comment)
      for (pair, whole) in zip(pairs, space.pairs(of: state)) {
        #expect(part.action[pair] == space.pairAction[whole], comment)
        let miss = (Rational(finite: part.reward[pair]) - mdp.expectedReward[whole]).magnitude
        #expect(miss <= Rational(finite: part.rewardError), comment)
        var row: [Int: Rational] = [:]
        var sizes: [Int: Rational] = [:]
        let defect = Rational(finite: part.defect(of: pair))
        for entry in part.entries(of: pair) {
          let p = Rational(finite: part.probability[entry])
          row[Int(part.nextState[entry]), default: Rational(0)] =
            row[Int(part.nextState[entry]), default: Rational(0)] + p / (Rational(1) + defect)
          sizes[Int(part.nextState[entry]), default: Rational(0)] =
            sizes[Int(part.nextState[entry]), default: Rational(0)] + p
        }
        let range = mdp.transitions.entries(ofRow: whole)
        #expect(Set(row.keys) == Set(range.map { Int(mdp.transitions.columns[$0]) }), comment)
        for entry in range {
          let column = Int(mdp.transitions.columns[entry])
          let miss = (row[column] ?? Rational(0)) - mdp.transitions.values[entry]
          // The defect's own error moves each number by at most as much of it.
          let allowed =
            (slack + Rational(finite: 2 * part.rowDefectError)) * (sizes[column] ?? Rational(0))
          #expect(miss.magnitude <= allowed, comment)
        }
      }
    }
  }

  private static func initial(_ parts: [ModelPart], _ stateCount: Int) -> [Double] {
    var weights = [Double](repeating: 0, count: stateCount)
    for part in parts {
      for start in part.initial {
        weights[part.states.lowerBound + start.state] += start.weight.value
      }
    }
    let sum = parts.contains(where: \.sharesInitial) ? weights.reduce(0, +) : 1
    return weights.map { $0 / sum }
  }

  private static func read(_ path: String, _ count: Int) throws -> [ModelPart] {
    let model = try PartedModel(path)
    let ranges = (0..<count).map { model.states(ofRank: $0, of: count) }
    #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == model.stateCount)
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    return try ranges.map(model.read)
  }

  @Test("Parts of any number of processes are the rows of the model", arguments: models)
  func rows(_ name: String) throws {
    let folder = try Folder()
    let document = try Self.document(name)
    for (numbers, model) in [
      (NumberWriting.exact, document),
      (
        .float64,
        try ModelReader.read(
          InputBytes(Self.umb(document, .float64), name: "rounded.umb"))
      ),
    ] {
      let path = try folder.write(Self.umb(document, numbers), "\(numbers).umb")
      for count in [1, 2, 3, 7] {
        let parts = try Self.read(path, count)
        for part in parts { try Self.check(part, against: model, "\(numbers), \(count)") }
        let initial = Self.initial(parts, document.space.stateCount)
        for (state, weight) in initial.enumerated() {
          #expect(abs(weight - document.initial[state].approximation) < 1e-15)
        }
      }
    }
  }

  @Test("Shards are the model, for as many processes as there are, or others", arguments: models)
  func shards(_ name: String) throws {
    let folder = try Folder()
    let document = try Self.document(name)
    for count in [1, 3, 5] {
      let files = try ModelShards.write(document, count: count, ModelWriting())
      let paths = try files.enumerated().map { index, file in
        try folder.write(
          file.bytes, ModelShards.path(of: "m.umb", number: index + 1, count: count))
      }
      for processes in [1, 2, count] {
        let parts = try Self.read(paths[count / 2], processes)
        for part in parts { try Self.check(part, against: document, "\(count), \(processes)") }
      }
      // A whole model is not to be had from one of them in silence.
      let failure = try #require(throws: InvalidInput.self) {
        try ModelReader.read(InputBytes(path: paths[0]))
      }
      #expect(failure.description.contains("is shard 1 of \(count) of a model"))
    }
  }

  @Test("Shards of two models, or too few of them, are refused")
  func mixedShards() throws {
    let folder = try Folder()
    func write(_ document: MDPDocument, _ numbers: [Int]) throws -> String {
      let files = try ModelShards.write(document, count: 2, ModelWriting())
      return try numbers.map { number in
        try folder.write(
          files[number - 1].bytes, ModelShards.path(of: "m.umb", number: number, count: 2))
      }[0]
    }
    var other = try Self.document("racing")
    let first = try write(other, [1])
    #expect(throws: RunFailure.self) { try PartedModel(first) }
    other.actionRewards = ExactNumberArray(other.actionRewards.map { $0 + ExactNumber(1) })
    _ = try write(other, [2])
    let failure = try #require(throws: RunFailure.self) { try PartedModel(first) }
    #expect(failure.cause == .badData && failure.message.contains("m-2-of-2.umb: expected shard 2"))
  }

  /// A change of one number of an array, and the words of the fault that it must make.
  static let faults: [(member: String, index: Int, value: UInt64, words: String)] = [
    ("branch-to-target.bin", 2, 99, "next state 99; the states are 0 to 2"),
    ("branch-to-probability.bin", 1, (-0.5).bitPattern, "must not be negative"),
    ("branch-to-probability.bin", 1, Double.nan.bitPattern, "not a number"),
    ("branch-to-probability.bin", 1, 0.4.bitPattern, "the probabilities sum to"),
    ("state-to-choices.bin", 1, 77, "expected numbers that ascend"),
    ("choice-to-branches.bin", 2, 1 << 60, "expected numbers that ascend"),
    ("branch-to-target.bin", 6, 0, "marked as terminal, but leads elsewhere"),
  ]

  @Test("Faults are found where they are, with their place", arguments: faults)
  func faulty(_ member: String, _ index: Int, _ value: UInt64, _ words: String) throws {
    let folder = try Folder()
    var bytes = try Self.umb(Self.document("racing"), .float64)
    let range = try #require(
      try TarArchive(InputBytes(bytes, name: "racing.umb")).members[member]?.range)
    for (place, byte) in withUnsafeBytes(of: value.littleEndian, Array.init).enumerated() {
      bytes[range.lowerBound + 8 * index + place] = byte
    }
    let path = try folder.write(bytes, "racing.umb")
    for count in [1, 2] {
      let failure = try #require(throws: RunFailure.self) { try Self.read(path, count) }
      #expect(failure.cause == .badData)
      #expect(failure.message.contains(words), "\(failure.message)")
      #expect(failure.message.hasPrefix("\(path):1:"))
    }
  }

  @Test("A compressed file, or one of another format, is refused with a remedy")
  func otherFiles() throws {
    let folder = try Folder()
    let bytes = try Self.umb(Self.document("racing"))
    for (contents, words) in [
      (Compression.gz.compress(bytes), "compressed: unpack it"),
      (Array("{}".utf8), "expected an uncompressed .umb archive"),
      (Array(bytes.prefix(2000)), "the archive ends without its end mark"),
    ] {
      let path = try folder.write(contents, "model.umb")
      let failure = try #require(throws: RunFailure.self) { try PartedModel(path) }
      #expect(failure.cause == .badData && failure.message.contains(words), "\(failure.message)")
    }
  }
}
