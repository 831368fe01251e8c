#if Distributed
  internal import MonotoneFiles

  /// The folder of a distributed result: a `.npz` for each process, and one JSON, which is written last and
  /// without which nothing there is a result.
  package struct DistributedOutput: Sendable {
    /// The name of the JSON.
    static let documentName = "distributed.json"

    /// A kind of file that each process writes one of.
    enum Kind: String, CaseIterable {
      /// The numbers of a result.
      case result = "part"
      /// The last policy of a run that goes on.
      case policy

      /// The name of a process's file.
      func name(_ number: Int, of count: Int) -> String { "\(rawValue)-\(number)-of-\(count).npz" }

      /// How many files there are, by the name of one; nil for other names.
      func count(_ name: String) -> Int? {
        guard name.hasPrefix("\(rawValue)-1-of-"), name.hasSuffix(".npz") else { return nil }
        return Int(name.dropFirst(rawValue.count + 6).dropLast(4))
      }
    }

    /// Where it is.
    package let folder: String

    /// A folder to write into.
    package init(folder: String) { self.folder = folder }

    private var document: String { path(Self.documentName) }

    private func path(_ name: String) -> String { FileSystem.place(name, in: folder) }

    /// Writes the file of every process, after the JSON of an earlier result is gone.
    func write(_ shard: DistributedShard, _ kind: Kind, _ communicator: Communicator) throws {
      var files = AtomicFileSet(makesFolders: true)
      let name = kind.name(communicator.rank + 1, of: communicator.size)
      do {
        try communicator.together { () throws(RunFailure) in
          let bytes = try shard.bytes(for: path(name))
          do throws(UnwritableOutput) { try files.prepare(bytes, at: path(name)) } catch {
            throw RunFailure(error)
          }
        }
        if communicator.isFirst { removeEarlier(kind, communicator.size) }
        communicator.barrier()
        try communicator.together { () throws(RunFailure) in
          do throws(UnwritableOutput) { try files.commit() } catch { throw RunFailure(error) }
        }
      } catch {
        files.discard()
        throw error
      }
    }

    /// Removes the JSON, and files of a run of another number of processes.
    private func removeEarlier(_ kind: Kind, _ size: Int) {
      FileSystem.removeFile(document)
      for count in FileSystem.names(in: folder).compactMap(kind.count) where count != size {
        remove(kind, count)
      }
    }

    private func remove(_ kind: Kind, _ count: Int) {
      for number in 1...max(1, count) { FileSystem.removeFile(path(kind.name(number, of: count))) }
    }

    /// Writes the JSON, in the first process; the last policy of the run is part of the result now.
    package func write(_ bytes: [UInt8], _ communicator: Communicator) throws {
      try communicator.together { () throws(RunFailure) in
        guard communicator.isFirst else { return }
        do throws(UnwritableOutput) { try AtomicFile.write(bytes, to: document) } catch {
          throw RunFailure(error)
        }
        remove(.policy, communicator.size)
      }
    }
  }

  extension DistributedShard {
    /// The bytes of a file at a path.
    fileprivate func bytes(for path: String) throws(RunFailure) -> [UInt8] {
      do throws(ArchiveOverflow) { return try bytes() } catch {
        throw RunFailure(
          "\(path): the numbers of one process do not fit into an archive of 4 GiB; use more processes",
          .unwritable)
      }
    }
  }
#endif
