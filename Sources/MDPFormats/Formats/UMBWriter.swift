internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Writes the arrays of a UMB archive, for all states or for consecutive ones.
struct UMBWriter {
  private let document: MDPDocument
  private let writing: ModelWriting
  /// The states that the archive holds.
  private let states: Range<Int>
  /// The bytes of a numerator; nil for float64 numbers.
  private let width: Int?

  /// - Parameter states: The states of a shard; nil for a whole model.
  init(_ document: MDPDocument, _ writing: ModelWriting, states: Range<Int>? = nil) {
    self.document = document
    self.writing = writing
    self.states = states ?? 0..<document.space.stateCount
    guard writing.numbers == .exact else {
      width = nil
      return
    }
    let columns = [
      document.transitions.probability, document.stateRewards, document.actionRewards,
      document.transitionRewards,
    ]
    var bits = 1
    for numbers in columns {
      for number in numbers { bits = max(bits, RationalBytes.bits(number)) }
    }
    width = (bits + 63) / 64 * 8
  }

  private var space: StateActionSpace { document.space }
  private var terminalCount: Int { states.count { space.isTerminal[$0] } }
  private var pairs: Range<Int> {
    space.pairStart[states.lowerBound]..<space.pairStart[states.upperBound]
  }
  private var entries: Range<Int> {
    let start = document.transitions.rowStart
    return start[pairs.lowerBound]..<start[pairs.upperBound]
  }

  /// A file of the archive.
  struct Member {
    var name: String
    var bytes: [UInt8]
  }

  /// The archive.
  func archive() throws(ModelNotHeld) -> [UInt8] { archive(of: try members()) }

  /// The archive of members that are made already.
  ///
  /// - Parameter shard: Its place among the shards of a model; nil for a whole model.
  func archive(of members: [Member], shard: ModelShard? = nil) -> [UInt8] {
    var tar = TarWriter()
    tar.add("index.json", Array(index(shard).utf8))
    for member in members { tar.add(member.name, member.bytes) }
    return tar.finish()
  }

  /// All files but the index.
  func members() throws(ModelNotHeld) -> [Member] {
    var members: [Member] = []
    let table = document.transitions
    var (choices, branches) = ([0], [0])
    var (targets, actions) = ([UInt8](), [UInt8]())
    var probabilities: [ExactNumber] = []
    var (choiceRewards, branchRewards): ([ExactNumber], [ExactNumber]) = ([], [])
    for state in states {
      if space.isTerminal[state] {
        targets.append(littleEndian: UInt64(state))
        actions.append(littleEndian: UInt32(space.actions.count))
        probabilities.append(ExactNumber(1))
        choiceRewards.append(ExactNumber(0))
        branchRewards.append(ExactNumber(0))
        branches.append(probabilities.count)
      }
      for pair in space.pairs(of: state) {
        for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
          targets.append(littleEndian: UInt64(table.nextState[entry]))
          probabilities.append(table.probability[entry])
          branchRewards.append(document.transitionRewards.value(at: entry))
        }
        branches.append(probabilities.count)
        actions.append(littleEndian: UInt32(space.pairAction[pair]))
        choiceRewards.append(document.actionRewards.value(at: pair))
      }
      choices.append(branches.count - 1)
    }
    func add(_ name: String, _ bytes: [UInt8]) {
      members.append(Member(name: name, bytes: bytes))
    }
    add("state-to-choices.bin", Self.longs(choices))
    add("state-is-initial.bin", bits { !document.initial[$0].isZero })
    add("choice-to-branches.bin", Self.longs(branches))
    add("branch-to-target.bin", targets)
    add("branch-to-probability.bin", try numbers(probabilities))
    var (strings, starts) = ([UInt8](), [0])
    for name in actionNames {
      strings += name.utf8
      starts.append(strings.count)
    }
    add("actions/choices/values.bin", actions)
    add("actions/choices/string-mapping.bin", Self.longs(starts))
    add("actions/choices/strings.bin", strings)
    add("annotations/aps/terminal/states/values.bin", bits { space.isTerminal[$0] })
    for part in rewardParts {
      let values: [ExactNumber] =
        switch part {
        case "states": states.map { document.stateRewards[$0] }
        case "choices": choiceRewards
        default: branchRewards
        }
      add("annotations/rewards/reward/\(part)/values.bin", try numbers(values))
    }
    return members
  }

  /// The parts of the model that have rewards; choices where no part has any.
  private var rewardParts: [String] {
    var parts = document.stateRewards.isAllZero ? [] : ["states"]
    let byNextState = !document.transitionRewards.isAllZero
    if !document.actionRewards.isAllZero || (parts.isEmpty && !byNextState) {
      parts.append("choices")
    }
    return parts + (byNextState ? ["branches"] : [])
  }

  /// The model's actions, and one for terminal states.
  private var actionNames: [String] {
    guard space.isTerminal.contains(true) else { return Array(space.actions) }
    var end = "end"
    while space.actions.index(of: end) != nil { end += "_" }
    return Array(space.actions) + [end]
  }

  private static func longs(_ values: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * values.count)
    for value in values { bytes.append(littleEndian: UInt64(value)) }
    return bytes
  }

  private func bits(_ isSet: (Int) -> Bool) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (states.count + 63) / 64 * 8)
    for (place, state) in states.enumerated() where isSet(state) {
      bytes[place / 8] |= 1 << (place % 8)
    }
    return bytes
  }

  private func numbers(_ values: [ExactNumber]) throws(ModelNotHeld) -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values {
      if let width {
        bytes += RationalBytes.bytes(value, width: width)
      } else {
        let rounded = value.approximation
        guard rounded.isFinite, rounded != 0 || value.isZero else {
          throw ModelNotHeld(message: "float64 cannot hold \(value.excerpt)")
        }
        bytes.append(littleEndian: rounded.bitPattern)
      }
    }
    return bytes
  }

  private func index(_ shard: ModelShard?) -> String {
    let type =
      width.map { "{\"type\": \"rational\", \"size\": \(16 * $0)}" }
      ?? "{\"type\": \"double\", \"size\": 64}"
    let parts = rewardParts.map { "\"\($0)\"" }.joined(separator: ", ")
    let model = [("name", document.name), ("description", document.description)]
      .compactMap { key, text in text.map { "\"\(key)\": \(JSONText.quoted($0))" } }
    return """
      {
        "format-version": 1,
        "format-revision": 0,
        "model-data": {\(model.joined(separator: ", "))},
        "file-data": {"tool": "monotone", "parameters": \(parameters(shard))},
        "transition-system": {
          "time": "discrete",
          "#players": 1,
          "#states": \(states.count),
          "#initial-states": \(states.count { !document.initial[$0].isZero }),
          "#choices": \(pairs.count + terminalCount),
          "#choice-actions": \(actionNames.count),
          "#branches": \(entries.count + terminalCount),
          "#branch-actions": 0,
          "#observations": 0,
          "branch-probability-type": \(type)
        },
        "annotations": {
          "rewards": {
            "reward": {"alias": \(JSONText.quoted(writing.reward)), "applies-to": [\(parts)], "type": \(type)}
          },
          "aps": {
            "terminal": {"alias": "terminal", "applies-to": ["states"], "type": {"type": "bool", "size": 1}}
          }
        }
      }

      """
  }

  private func parameters(_ shard: ModelShard?) -> String {
    var members = [
      "\"discount\": \"\(document.discount)\"", "\"actions\": \"\(space.actions.count)\"",
    ]
    if let shard { members.append("\"shard\": \(shard.json)") }
    if let source = document.source { members.append("\"source\": \(JSONText.quoted(source))") }
    if !space.states.isCount {
      let names = states.map { JSONText.quoted(space.states[$0]) }.joined(separator: ", ")
      members.append("\"states\": [\(names)]")
    }
    let initial = document.initial
    let support = initial.indices.filter { !initial[$0].isZero }
    if !support.allSatisfy({ initial[$0] == initial[support[0]] }) {
      let entries = support.map { "\"\($0)\": \"\(initial[$0])\"" }.joined(separator: ", ")
      members.append("\"initial\": {\(entries)}")
    }
    if !document.features.isEmpty {
      let vectors = document.features[states].map { vector in
        "[\(vector.map { "\"\($0)\"" }.joined(separator: ", "))]"
      }
      members.append("\"features\": [\(vectors.joined(separator: ", "))]")
    }
    return "{\(members.joined(separator: ", "))}"
  }
}
