package import MDPCore
internal import MonotoneFiles

/// Writes a model as several files, each with the rows of consecutive states and about as much work.
package enum ModelShards {
  /// The name of a shard: `model-2-of-4.umb` for the model `model.umb`.
  package static func path(of model: String, number: Int, count: Int) -> String {
    ModelShard.path(of: model, number: number, count: count)
  }

  /// The files of all shards, in order.
  ///
  /// Each is an archive of the Universal Model Binary, but for its place among the shards; next states keep
  /// their numbers in the model.
  package static func write(
    _ document: MDPDocument, count: Int, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let document = document.dividedBySums
    var parts: [(writer: UMBWriter, states: Range<Int>, members: [UMBWriter.Member])] = []
    for number in 0..<count {
      let states = boundary(document, number, count)..<boundary(document, number + 1, count)
      let writer = UMBWriter(document, writing, states: states)
      parts.append((writer, states, try writer.members()))
    }
    // The same in all shards of this model, and other than in those of another.
    var sums: [UInt8] = []
    for member in parts.flatMap(\.members) {
      sums.append(littleEndian: member.bytes.withUnsafeBufferPointer { Deflate.checksum($0) })
    }
    let model = String(sums.withUnsafeBufferPointer { Deflate.checksum($0) }, radix: 16)
    return parts.enumerated().map { index, part in
      let shard = ModelShard(
        number: index + 1, count: count, firstState: part.states.lowerBound,
        stateCount: document.space.stateCount, model: model)
      return ModelFile(
        ending: "umb", bytes: part.writer.archive(of: part.members, shard: shard))
    }
  }

  /// The first state of a shard.
  private static func boundary(_ document: MDPDocument, _ number: Int, _ count: Int) -> Int {
    let stateCount = document.space.stateCount
    func work(before state: Int) -> Int {
      state + document.transitions.rowStart[document.space.pairStart[state]]
    }
    guard number < count else { return stateCount }
    let wanted = work(before: stateCount) * number / count
    var (low, high) = (0, stateCount)
    while low < high {
      let middle = (low + high) / 2
      if work(before: middle) < wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
