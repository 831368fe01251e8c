/// Work on a range of indices that threads share in blocks of one size.
///
/// Each block is done by one thread, in the order of its indices, and what blocks give is put together block by
/// block: results are the same for any number of threads.
package struct SharedWork: Sendable {
  /// How many threads share the blocks.
  package let threads: Int

  /// Indices in a block: a few vectors of so many numbers fit in the cache next to the processor.
  private static let blockSize = 2048

  private let team: ThreadTeam?

  /// Work for so many threads.
  package init(threads: Int = 1) {
    self.threads = max(1, threads)
    team = threads > 1 ? ThreadTeam(threads) : nil
  }

  /// Work for so many threads, but no more than there are processors: they would only wait for each other.
  package init(upTo threads: Int) { self.init(threads: min(threads, ProcessorCores.count)) }

  /// Does the work of each block of 0..<count.
  package func forEachBlock(of count: Int, _ work: (Range<Int>) -> Void) {
    forEachBlock(of: count) { _, range in work(range) }
  }

  /// The results of the blocks of 0..<count, in their order.
  ///
  /// - Parameters:
  ///   - initial: What stands in a block's place until it is done.
  ///   - work: The work of a block, and what it gives.
  package func map<Part>(_ count: Int, _ initial: Part, _ work: (Range<Int>) -> Part) -> [Part] {
    var parts = [Part](repeating: initial, count: Self.blockCount(count))
    parts.withUnsafeMutableBufferPointer { parts in
      forEachBlock(of: count) { block, range in parts[block] = work(range) }
    }
    return parts
  }

  /// Does the work of each thread's share of 0..<count, one range a thread: for work that has a cost of its own
  /// for every call. What comes of an index must not depend on the share that it is in.
  package func forEachShare(of count: Int, _ work: (_ share: Int, Range<Int>) -> Void) {
    let shares = shareCount(of: count)
    concurrently(shares) { share in
      work(share, count * share / shares..<count * (share + 1) / shares)
    }
  }

  /// How many shares there are of 0..<count.
  package func shareCount(of count: Int) -> Int { max(1, min(threads, count)) }

  private static func blockCount(_ count: Int) -> Int { (count + blockSize - 1) / blockSize }

  private func forEachBlock(of count: Int, _ work: (_ block: Int, Range<Int>) -> Void) {
    let blocks = Self.blockCount(count)
    func share(of thread: Int, among threads: Int) {
      for block in blocks * thread / threads..<blocks * (thread + 1) / threads {
        let first = block * Self.blockSize
        work(block, first..<min(first + Self.blockSize, count))
      }
    }
    let threads = max(1, min(threads, blocks))
    concurrently(threads) { share(of: $0, among: threads) }
  }

  private func concurrently(_ threads: Int, _ work: (_ thread: Int) -> Void) {
    if let team, threads > 1 {
      team.run(threads, work)
    } else {
      (0..<threads).forEach(work)
    }
  }
}
