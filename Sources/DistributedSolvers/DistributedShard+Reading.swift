#if Distributed
  internal import MonotoneFiles
  internal import MDPFormats

  extension DistributedShard {
    /// The results of an earlier run on the states of a part: V̂ and the policy.
    ///
    /// The folder may be of a run of any number of processes; of a run that was ended, its last policy is
    /// taken. Numbers of a few states may be older than those of others: a policy and values to start from
    /// need not belong together, since whatever follows is proved.
    static func read(
      _ folder: String, for part: ModelPart
    ) throws(RunFailure) -> DistributedShard {
      let names = FileSystem.names(in: folder)
      guard let (kind, count) = newest(of: names) else {
        throw RunFailure(
          "\(folder): no result of a distributed run; name the folder of --output of one"
            + (FileSystem.isFolder(folder) ? "" : ", or uniform"), .unreadable)
      }
      var shard = DistributedShard(part)
      for number in 1...count {
        let path = FileSystem.place(kind.name(number, of: count), in: folder)
        let input: InputBytes
        do throws(UnreadableInput) { input = try InputBytes(mapping: path) } catch {
          throw RunFailure(error)
        }
        do throws(ArchiveFault) { try shard.add(input, for: part) } catch {
          let log = FaultLog(limit: 1)
          log.add(.syntax, at: error.offset, path: error.member ?? "archive", error.message)
          throw RunFailure(log.error(in: input))
        }
      }
      guard shard.stateValues.count == part.states.count, shard.policy.count == part.pairCount
      else {
        throw RunFailure(
          "\(folder): the result is of a model with other states or choices; name one of this model",
          .badData)
      }
      return shard
    }

    /// The files to read: those of a result, else those of a run that did not end.
    private static func newest(of names: [String]) -> (kind: DistributedOutput.Kind, count: Int)? {
      let isComplete = names.contains(DistributedOutput.documentName)
      let kinds: [DistributedOutput.Kind] = isComplete ? [.result, .policy] : [.policy]
      for kind in kinds {
        for count in names.compactMap(kind.count) where count > 0 {
          let isWhole = (1...count).allSatisfy { names.contains(kind.name($0, of: count)) }
          if isWhole { return (kind, count) }
        }
      }
      return nil
    }

    /// Adds what a file has of the states of a part, if they follow on what is there.
    private mutating func add(_ input: InputBytes, for part: ModelPart) throws(ArchiveFault) {
      let archive = try ZipArchive(input, memory: .max)
      func table(_ name: String) throws(ArchiveFault) -> NPYTable {
        guard let member = archive.members.first(where: { $0.name == "\(name).npy" }) else {
          throw ArchiveFault(offset: 0, member: name, "the array is missing")
        }
        return try NPYTable(try archive.contents(of: member))
      }
      let (place, starts) = (try table("firstState"), try table("pairStart"))
      guard place.count == 1, let first = place.whole(0), 0...part.stateCount ~= first else {
        throw ArchiveFault(
          offset: 0, member: "firstState", "expected the number of one of \(part.stateCount) states"
        )
      }
      let states = first..<(first + max(0, starts.count - 1))
      let common = states.clamped(to: part.states)
      guard !common.isEmpty, common.lowerBound == part.states.lowerBound + stateValues.count else {
        return
      }
      let (values, weights) = (try table("V"), try table("policy"))
      let ends = [common.lowerBound, common.upperBound].map { starts.whole($0 - first) ?? -1 }
      guard values.count == states.count, 0 <= ends[0], ends[0] <= ends[1],
        ends[1] <= weights.count
      else {
        throw ArchiveFault(offset: 0, member: "pairStart", "the arrays do not belong together")
      }
      stateValues += common.map { values.number($0 - first) }
      policy += (ends[0]..<ends[1]).map(weights.number)
      let areSound =
        stateValues.allSatisfy(\.isFinite) && policy.allSatisfy { $0 >= 0 && $0 <= 1 }
      guard areSound else {
        throw ArchiveFault(
          offset: 0, member: "policy", "values that are not finite, or probabilities beyond [0, 1]")
      }
    }
  }
#endif
