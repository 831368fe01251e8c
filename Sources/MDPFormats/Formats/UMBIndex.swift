internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The contents of `index.json` of a model in UMB.
struct UMBIndex {
  /// The type of the numbers of an array.
  enum Numbers {
    case double
    /// Numerator and denominator of so many bytes each.
    case rational(Int)
  }

  /// A reward structure, or a label.
  struct Annotation {
    var id: String
    var alias: String
    var appliesTo: [String]
    var numbers: Numbers?
  }

  private(set) var states = 0
  private(set) var choices = 0
  private(set) var branches = 0
  private(set) var actions = 0
  private(set) var probabilities: Numbers?
  private(set) var rewards: [Annotation] = []
  private(set) var labels: [Annotation] = []
  private(set) var name: String?
  private(set) var description: String?
  /// The notes of this project's writer beside what the format holds; nil in files of other programs.
  private(set) var parameters: JSONDocument?
  /// The place of the file among the shards of a model; nil for a whole model.
  private(set) var shard: ModelShard?

  /// Where `index.json` starts in the archive.
  private let start: Int
  let json: JSONDocument

  init(_ archive: TarArchive) throws(ArchiveFault) {
    guard let member = archive.members["index.json"] else {
      throw ArchiveFault(offset: 0, member: "index.json", "the file is missing from the archive")
    }
    start = member.range.lowerBound
    let input = InputBytes(archive.input.buffer[member.range], name: "index.json")
    do throws(InvalidInput) { json = try JSONDocument(input) } catch {
      throw ArchiveFault(
        offset: start, member: "index.json",
        error.faults.first.map { "\($0.line):\($0.column): \($0.message)" } ?? "no JSON")
    }
    guard json.cursor(at: json.root).kind == .object else {
      throw ArchiveFault(offset: start, member: "index.json", "expected an object")
    }
    let root = object(json.root)
    if let version = root["format-version"], try whole(version) != 1 {
      throw fault(version, "format version 1 is known")
    }
    guard let system = root["transition-system"] else {
      throw ArchiveFault(
        offset: start, member: "index.json", "the key transition-system is missing")
    }
    try readSystem(object(system))
    if let annotations = root["annotations"].map(object) {
      rewards = try annotations["rewards"].map(annotationList) ?? []
      labels = try annotations["aps"].map(annotationList) ?? []
    }
    let model = root["model-data"].map(object) ?? [:]
    name = model["name"].flatMap(text)
    description = model["description"].flatMap(text)
    let file = root["file-data"].map(object) ?? [:]
    if file["tool"].flatMap(text) == "monotone", let own = file["parameters"],
      json.cursor(at: own).kind == .object
    {
      parameters = json.nested(at: own)
      if let place = object(own)["shard"] { shard = try readShard(place) }
    }
  }

  private func readShard(_ place: Int) throws(ArchiveFault) -> ModelShard {
    let members = object(place)
    let number = { (key: String) in members[key].flatMap(text).flatMap { Int($0) } ?? -1 }
    let shard = ModelShard(
      number: number("number"), count: number("of"), firstState: number("first-state"),
      stateCount: number("states"), model: members["model"].flatMap(text) ?? "")
    guard shard.number > 0, shard.number <= shard.count, shard.firstState >= 0,
      shard.stateCount < Int(Int32.max), shard.firstState <= shard.stateCount - states
    else { throw fault(place, "expected the number of a shard, of how many, and its states") }
    return shard
  }

  private mutating func readSystem(_ system: [String: Int]) throws(ArchiveFault) {
    func count(_ key: String) throws(ArchiveFault) -> Int {
      guard let place = system[key] else {
        throw ArchiveFault(
          offset: start, member: "index.json", "the key \(key) of transition-system is missing")
      }
      return try whole(place)
    }
    if let time = system["time"], text(time) != "discrete" {
      throw fault(time, "time is not discrete; models here are")
    }
    if let players = system["#players"], try whole(players) > 1 {
      throw fault(players, "more than one player; models here have one")
    }
    if let observations = system["#observations"], try whole(observations) > 0 {
      throw fault(observations, "a model with observations; models here are fully observed")
    }
    states = try count("#states")
    choices = try count("#choices")
    branches = try count("#branches")
    actions = try system["#choice-actions"].map(whole) ?? 0
    probabilities = try system["branch-probability-type"].map(numbers)
  }

  /// The values of an object by key; none of anything else.
  func object(_ place: Int) -> [String: Int] {
    var members: [String: Int] = [:]
    for member in json.nested(at: place).members {
      var cursor = json.cursor(at: member.key)
      members[cursor.text(cursor.string())] = member.value
    }
    return members
  }

  func text(_ place: Int) -> String? {
    var cursor = json.cursor(at: place)
    return cursor.kind == .string ? cursor.text(cursor.string()) : nil
  }

  private func whole(_ place: Int) throws(ArchiveFault) -> Int {
    var cursor = json.cursor(at: place)
    guard cursor.kind == .number, let whole = cursor.wholeNumber(below: 1 << 40) else {
      throw fault(place, "expected a count")
    }
    return whole
  }

  /// `{"type": "rational", "size": 128}`.
  private func numbers(_ place: Int) throws(ArchiveFault) -> Numbers {
    let members = object(place)
    let size = try members["size"].map(whole)
    switch members["type"].flatMap(text) {
    case "double" where size ?? 64 == 64: return .double
    case "rational" where size ?? 128 > 0 && (size ?? 128) % 128 == 0 && size ?? 128 <= 1 << 20:
      return .rational((size ?? 128) / 16)
    default: throw fault(place, "numbers of another type than double or rational")
    }
  }

  private func annotationList(_ place: Int) throws(ArchiveFault) -> [Annotation] {
    var list: [Annotation] = []
    for (id, place) in object(place).sorted(by: { $0.value < $1.value }) {
      let members = object(place)
      var appliesTo: [String] = []
      if let array = members["applies-to"] {
        var cursor = json.cursor(at: array)
        var more = cursor.kind == .array && cursor.enter()
        while more {
          if let word = text(cursor.position) { appliesTo.append(word) }
          cursor.skipValue()
          more = cursor.next()
        }
      }
      let type = members["type"]
      let isBoolean = type.map { object($0)["type"].flatMap(text) == "bool" } ?? true
      list.append(
        Annotation(
          id: id, alias: members["alias"].flatMap(text) ?? id, appliesTo: appliesTo,
          numbers: isBoolean ? nil : try? type.map(numbers)))
    }
    return list
  }

  func fault(_ place: Int, _ message: String) -> ArchiveFault {
    ArchiveFault(
      offset: start + place, member: "index.json",
      "found \(json.cursor(at: place).excerpt()): \(message)")
  }
}
