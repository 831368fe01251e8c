#if Distributed
  internal import MonotoneFiles

  /// A hash of a file that several processes compute together: the SHA-256 of the SHA-256s of its blocks.
  ///
  /// In Python: `sha256(b"".join(sha256(data[i:i + (4 << 20)]).digest() for i in range(0, len(data), 4 << 20)))`.
  enum BlockHash {
    private static let block = 4 << 20

    /// A file with its hash, the same in all processes.
    static func input(
      _ path: String, _ communicator: Communicator
    ) throws -> DistributedDocument.Input {
      let size = FileSystem.size(path)
      let count = (size + block - 1) / block
      var digests = SHA256()
      for first in stride(from: 0, to: count, by: communicator.size) {
        let own = first + communicator.rank
        let words = try communicator.together { () throws(RunFailure) in
          own < count ? try digest(ofBlock: own, path) : [Double](repeating: 0, count: 8)
        }
        for words in communicator.gather(words).prefix(count - first) {
          for word in words { digests.update(bigEndian: UInt32(exactly: word) ?? 0) }
        }
      }
      return DistributedDocument.Input(file: path, bytes: size, blockHash: digests.hexadecimal)
    }

    private static func digest(
      ofBlock number: Int, _ path: String
    ) throws(RunFailure) -> [Double] {
      do throws(UnreadableInput) {
        let bytes = try InputBytes(path: path, at: number * block, count: block)
        return SHA256.words(of: bytes.buffer).map { Double($0) }
      } catch {
        throw RunFailure(error.description, .unreadable)
      }
    }
  }
#endif
