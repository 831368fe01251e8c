internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The facts that this project's own writer notes beside the arrays, which have no place for them.
extension UMBDecoder {
  /// ρ₀ where the initial states are not equally likely; nil elsewhere.
  ///
  /// - Parameter stateCount: How many states the model has.
  func initialDistribution(
    stateCount: Int
  ) throws(ArchiveFault) -> [(state: Int, probability: ExactNumber)]? {
    guard let place = parameters["initial"] else { return nil }
    var entries: [(state: Int, probability: ExactNumber)] = []
    for (key, value) in index.object(place).sorted(by: { $0.key < $1.key }) {
      guard let state = Int(key), (0..<stateCount).contains(state), let number = exact(value)
      else { throw index.fault(value, "expected a probability by the number of a state") }
      entries.append((state, number))
    }
    return entries
  }

  func initial() throws(ArchiveFault) -> ModelDraft.Initial {
    if let entries = try initialDistribution(stateCount: index.states) {
      return .distribution(entries, at: 0)
    }
    return .marked(
      try archive.bits("state-is-initial.bin", count: index.states).map { bits in
        (0..<index.states).map(bits.bit)
      })
  }

  func exact(_ place: Int) -> ExactNumber? {
    index.text(place).flatMap { try? ExactNumber(parsing: $0) }
  }

  func parameter(_ name: String) -> ExactNumber? { parameters[name].flatMap(exact) }

  func text(_ name: String) -> String? { parameters[name].flatMap(index.text) }

  private func elements(_ place: Int) -> [Int] {
    var places: [Int] = []
    var cursor = index.json.cursor(at: place)
    var more = cursor.kind == .array && cursor.enter()
    while more {
      places.append(cursor.position)
      cursor.skipValue()
      more = cursor.next()
    }
    return places
  }

  func stateNames() throws(ArchiveFault) -> Names? {
    guard let place = parameters["states"] else { return nil }
    let names = elements(place).compactMap(index.text)
    guard names.count == index.states, Set(names).count == names.count, !names.contains("") else {
      throw index.fault(place, "expected \(index.states) different names of states")
    }
    return Names(names)
  }

  /// The first of the actions, which this project's writer puts before one for terminal states.
  func declaredActions(_ draft: inout ModelDraft) throws(ArchiveFault) -> Names? {
    guard let place = parameters["actions"] else { return nil }
    guard let count = index.text(place).flatMap({ Int($0) }), count > 0,
      count <= draft.labels.names.count
    else { throw index.fault(place, "expected how many of the actions are the model's") }
    return Names(Array(draft.labels.names.prefix(count)))
  }

  func features() -> [[ExactNumber]] {
    guard let place = parameters["features"] else { return [] }
    let vectors = elements(place).map { elements($0).compactMap(exact) }
    let isSound =
      vectors.count == index.states && !vectors[0].isEmpty
      && vectors.allSatisfy { $0.count == vectors[0].count }
    return isSound ? vectors : []
  }
}
