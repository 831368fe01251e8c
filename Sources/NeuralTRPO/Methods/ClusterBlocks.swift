/// The rows of a batch block by block: first those that Fisher products are taken over, then the others.
struct ClusterBlocks<Number: NetworkNumber> {
  /// The rows in their new order.
  private(set) var rows: BatchRows<Number>
  /// Trajectories that rows are of.
  let clusters: Int
  /// Of each block: its rows.
  private(set) var ranges: [[Range<Int>]] = []
  /// Of each block: its share of what estimates are divided by.
  private(set) var shares: [Double] = []

  /// Of each block: the rows for Fisher products.
  var fisherRanges: [Range<Int>] { ranges.map { $0[0] } }

  /// - Parameter fisherRows: Rounded up to whole groups.
  init(_ rows: BatchRows<Number>, fisherRows: Int, weighting: StateWeighting) {
    let size = rows.groupSize ?? 1
    // Trajectories numbered anew, without those that no row is of.
    var places = [Int](repeating: -1, count: Int(rows.clusters.max() ?? -1) + 1)
    for cluster in rows.clusters { places[Int(cluster)] = 0 }
    var count = 0
    for number in places.indices where places[number] == 0 {
      places[number] = count
      count += 1
    }
    clusters = count
    self.rows = rows
    guard count > 0 else { return }
    let blocks = min(count, UpdateSpread.mostBlocks)
    let groupBlock = (0..<rows.groups).map { places[Int(rows.clusters[$0 * size])] % blocks }
    let used = min(rows.groups, (fisherRows + size - 1) / size)
    var order: [Int] = []
    order.reserveCapacity(rows.groups)
    ranges = [[Range<Int>]](repeating: [], count: blocks)
    for part in [0..<used, used..<rows.groups] {
      var members = [[Int]](repeating: [], count: blocks)
      for group in part { members[groupBlock[group]].append(group) }
      for block in 0..<blocks {
        let start = order.count * size
        order += members[block]
        ranges[block].append(start..<(order.count * size))
      }
    }
    self.rows.arrange(order)
    shares =
      switch weighting {
      case .discounted:
        (0..<blocks).map { Double((count - $0 + blocks - 1) / blocks) / Double(count) }
      case .undiscounted: weightShares
      }
  }

  private var weightShares: [Double] {
    let weights = ranges.map { ranges in
      ranges.reduce(0) { sum, range in range.reduce(sum) { $0 + Double(rows.weights[$1]) } }
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
