internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The reward structure that is asked for, and its arrays.
extension UMBDecoder {
  /// The reward structure that is asked for, or the only one.
  func reward() throws(ArchiveFault) -> UMBIndex.Annotation? {
    let names = index.rewards.map(\.alias)
    let list = names.map(Excerpt.quoted).joined(separator: ", ")
    let reward: UMBIndex.Annotation?
    if let wanted = configuration.reward {
      reward = index.rewards.first { $0.alias == wanted } ?? index.rewards.first { $0.id == wanted }
      if reward == nil {
        throw ArchiveFault(
          offset: 0, member: "--reward",
          "there is no reward structure \(Excerpt.quoted(wanted)); found \(names.isEmpty ? "none" : list)"
            + NearestName.hint(wanted, among: names))
      }
    } else {
      guard names.count <= 1 else {
        throw ArchiveFault(
          offset: 0, member: "--reward",
          "there are several reward structures: \(list); name one with --reward")
      }
      reward = index.rewards.first
    }
    if let reward, reward.numbers == nil || reward.appliesTo.isEmpty {
      throw ArchiveFault(
        offset: 0, member: "index.json",
        "the rewards \(Excerpt.quoted(reward.alias)) are neither double nor rational, or apply to nothing"
      )
    }
    return reward
  }

  func values(
    of reward: UMBIndex.Annotation, _ part: String, _ count: Int
  ) throws(ArchiveFault) -> UMBArray? {
    guard reward.appliesTo.contains(part), let type = reward.numbers else { return nil }
    let name = "annotations/rewards/\(reward.id)/\(part)/values.bin"
    guard let array = try archive.array(name, count: count, size: type.size) else {
      throw ArchiveFault(offset: 0, member: name, "the array is missing; add it")
    }
    return array
  }
}
