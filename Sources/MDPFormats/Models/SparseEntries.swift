internal import MonotoneArithmetic

/// Numbers with the index that each belongs to: rows of a sparse matrix, one after another.
struct SparseEntries {
  var index: [Int32] = []
  var number = ExactNumberArray()

  var count: Int { index.count }

  /// Sorts a range by index, and the numbers along with it.
  mutating func sort(_ range: Range<Int>) {
    guard range.count > 16 else { return insertionSort(range) }
    let order = range.sorted { index[$0] < index[$1] }
    index.replaceSubrange(range, with: order.map { index[$0] })
    number.reorder(range, as: order)
  }

  private mutating func insertionSort(_ range: Range<Int>) {
    for end in range {
      var place = end
      while place > range.lowerBound, index[place - 1] > index[place] {
        index.swapAt(place - 1, place)
        number.swapAt(place - 1, place)
        place -= 1
      }
    }
  }

  /// Where an index stands in a sorted range, by bisection.
  func position(of wanted: Int, in range: Range<Int>) -> Int? {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if index[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < range.upperBound && index[low] == wanted ? low : nil
  }
}
