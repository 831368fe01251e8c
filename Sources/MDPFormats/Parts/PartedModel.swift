package import MonotoneArithmetic
package import MonotoneFiles
internal import MDPCore

/// A model in a file, or in several, of which each of several processes reads the rows of its own states.
///
/// The files are uncompressed archives of the Universal Model Binary, mapped into memory: whoever opens
/// them reads their index and then only the pages of the states it asks for.
package struct PartedModel {
  /// A file, and the number in the model of its first state.
  private struct File {
    let archive: TarArchive
    let index: UMBIndex
    let firstState: Int

    var states: Range<Int> { firstState..<(firstState + index.states) }
  }

  private let files: [File]
  private let configuration: MDPReaderConfiguration
  /// The name of the model.
  package let name: String
  /// How many states the model has.
  package let stateCount: Int
  /// γ.
  package let discount: ExactNumber

  /// Opens a model.
  ///
  /// - Parameter path: The file, or any one of the shards, which lie beside each other.
  package init(
    _ path: String, _ configuration: MDPReaderConfiguration = .init()
  ) throws(RunFailure) {
    self.configuration = configuration
    let first = try Self.open(path, configuration)
    files = try Self.shards(of: first, at: path, configuration)
    stateCount = files.reduce(0) { $0 + $1.index.states }
    name = first.index.name ?? path.modelName
    discount = try Self.discount(first, configuration)
  }

  /// The paths of all files.
  package var paths: [String] { files.map(\.archive.input.name) }

  /// How many choices and branches there are in all.
  package var choiceCount: Int { files.reduce(0) { $0 + $1.index.choices } }
  package var branchCount: Int { files.reduce(0) { $0 + $1.index.branches } }

  /// The states of one process of several, such that each has about as much work.
  ///
  /// Complexity: O(log states).
  package func states(ofRank rank: Int, of count: Int) -> Range<Int> {
    precondition(count > 0 && (0..<count).contains(rank), "rank \(rank) of \(count)")
    let total = work(before: stateCount)
    func boundary(_ rank: Int) -> Int {
      guard rank > 0 else { return 0 }
      guard rank < count else { return stateCount }
      let wanted = Int(clamping: Double(total) * Double(rank) / Double(count))
      var (low, high) = (0, stateCount)
      while low < high {
        let middle = (low + high) / 2
        if work(before: middle) < wanted { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let start = boundary(rank)
    return start..<max(start, boundary(rank + 1))
  }

  /// States and branches before a state, unchecked.
  private func work(before state: Int) -> Int {
    var work = state
    for file in files {
      guard state > file.firstState else { break }
      guard state < file.states.upperBound else {
        work += file.index.branches
        continue
      }
      let choice = Self.start(
        file, "state-to-choices.bin", state - file.firstState, rows: file.index.states,
        to: file.index.choices)
      work += Self.start(
        file, "choice-to-branches.bin", choice, rows: file.index.choices, to: file.index.branches)
    }
    return work
  }

  private static func start(
    _ file: File, _ name: String, _ row: Int, rows: Int, to end: Int
  ) -> Int {
    guard let array = try? file.archive.array(name, count: rows + 1, size: 8) else { return row }
    return min(max(array.long(row), 0), end)
  }

  /// Reads the rows of some states.
  package func read(_ states: Range<Int>) throws(RunFailure) -> ModelPart {
    var part = ModelPart(stateCount: stateCount, states: states, discount: discount)
    for file in files {
      let own = states.clamped(to: file.states)
      let isFirst = file.firstState == 0
      guard !own.isEmpty || isFirst else { continue }
      let log = FaultLog(limit: configuration.faultLimit)
      let decoder = UMBDecoder(file.archive, file.index, configuration, log)
      do throws(ArchiveFault) {
        try decoder.requireSizes()
        if !own.isEmpty {
          let rows = try UMBPartDecoder(decoder, firstState: file.firstState)
          try rows.read(
            (own.lowerBound - file.firstState)..<(own.upperBound - file.firstState), into: &part)
          try readMarks(file, own, into: &part)
        }
        if isFirst { try readDistribution(decoder, into: &part) }
      } catch {
        log.add(.syntax, at: error.offset, path: error.member ?? "archive", error.message)
      }
      guard log.isEmpty else { throw RunFailure(log.error(in: file.archive.input)) }
    }
    return part
  }

  /// Adds the initial states of a file, unless the model has a distribution of its own.
  private func readMarks(
    _ file: File, _ states: Range<Int>, into part: inout ModelPart
  ) throws(ArchiveFault) {
    guard !hasDistribution else { return }
    guard let bits = try file.archive.bits("state-is-initial.bin", count: file.index.states) else {
      part.start(in: 0, TrackedDouble(1))
      return
    }
    part.sharesInitial = true
    for state in states where bits.bit(state - file.firstState) {
      part.start(in: state, TrackedDouble(1))
    }
  }

  private var hasDistribution: Bool {
    files.first?.index.parameters.map { files[0].index.object($0.root)["initial"] != nil } ?? false
  }

  /// Adds a distribution that the first file notes.
  private func readDistribution(
    _ decoder: UMBDecoder, into part: inout ModelPart
  ) throws(ArchiveFault) {
    guard let entries = try decoder.initialDistribution(stateCount: stateCount) else { return }
    var sum = ExactSum()
    for entry in entries {
      guard entry.probability.signum >= 0 else {
        throw ArchiveFault(
          offset: 0, member: "initial, state \(entry.state)",
          ModelFault.negative(entry.probability))
      }
      sum.add(entry.probability)
    }
    let tolerance = configuration.rowTolerance.ofModels
    guard sum.isOne(within: tolerance) else {
      throw ArchiveFault(
        offset: 0, member: "initial", RowTolerance.message(sum: sum.value, tolerance: tolerance))
    }
    for entry in entries where !entry.probability.isZero {
      let share = ExactNumber(entry.probability.rational / sum.value.rational)
      do throws(NumberOutOfRange) { part.start(in: entry.state, try TrackedDouble(share)) } catch {
        throw ArchiveFault(offset: 0, member: "initial", "\(share.excerpt) is beyond float64")
      }
    }
  }

  private static func open(
    _ path: String, _ configuration: MDPReaderConfiguration
  ) throws(RunFailure) -> File {
    let input: InputBytes
    do throws(UnreadableInput) { input = try InputBytes(mapping: path) } catch {
      throw RunFailure(error.description + MissingFile.hint(path, or: []), .unreadable)
    }
    let log = FaultLog(limit: 1)
    do throws(ArchiveFault) {
      guard TarArchive.isPresent(in: input) else {
        let isPacked = Compression.of(input) != .none
        throw ArchiveFault(
          offset: 0,
          "expected an uncompressed .umb archive"
            + (isPacked ? ", and this one is compressed: unpack it" : "")
            + "; monotone convert MODEL --output MODEL.umb makes one")
      }
      let archive = try TarArchive(input)
      let index = try UMBIndex(archive)
      return File(archive: archive, index: index, firstState: index.shard?.firstState ?? 0)
    } catch {
      log.add(.syntax, at: error.offset, path: error.member ?? "archive", error.message)
    }
    throw RunFailure(log.error(in: input))
  }

  /// All shards of a model, in order; the file itself where it is whole.
  private static func shards(
    of first: File, at path: String, _ configuration: MDPReaderConfiguration
  ) throws(RunFailure) -> [File] {
    guard let shard = first.index.shard else { return [first] }
    var files: [File] = []
    var next = 0
    for number in 1...shard.count {
      guard let other = shard.path(ofShard: number, beside: path) else {
        throw RunFailure(
          "\(path): the name of shard \(shard.number) of \(shard.count) must end in "
            + "-\(shard.number)-of-\(shard.count).umb, by which the others are found; rename it",
          .badData)
      }
      let file = try open(other, configuration)
      let expected = ModelShard(
        number: number, count: shard.count, firstState: next, stateCount: shard.stateCount,
        model: shard.model)
      guard file.index.shard == expected else {
        throw RunFailure(
          "\(other): expected shard \(number) of \(shard.count) of the model of \(path), from state "
            + "\(next); write the shards anew", .badData)
      }
      next += file.index.states
      files.append(file)
    }
    guard next == shard.stateCount else {
      throw RunFailure(
        "\(path): the shards hold \(next) of \(shard.stateCount) states; write them anew", .badData)
    }
    return files
  }

  private static func discount(
    _ file: File, _ configuration: MDPReaderConfiguration
  ) throws(RunFailure) -> ExactNumber {
    let log = FaultLog(limit: 1)
    let decoder = UMBDecoder(file.archive, file.index, configuration, log)
    if let discount = configuration.discount ?? decoder.parameter("discount") {
      if discount.signum >= 0, discount <= ExactNumber(1) { return discount }
      log.add(.value, at: 0, path: "discount", ModelFault.discount(discount))
    } else {
      log.add(
        .schema, at: 0, path: "discount", ModelFault.discount(missingIn: UMBFormat().noun))
    }
    throw RunFailure(log.error(in: file.archive.input))
  }
}
