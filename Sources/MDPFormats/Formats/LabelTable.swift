internal import MonotoneFiles

/// The labels of choices, by number, in the order in which the file first names them.
struct LabelTable {
  private(set) var names: [String] = []
  private var index: [String: Int32] = [:]

  /// The number of a label, a new one where it is not known yet; −1 for an empty one.
  mutating func number(of name: String) -> Int32 {
    guard !name.isEmpty else { return -1 }
    if let known = index[name] { return known }
    let number = Int32(names.count)
    names.append(name)
    index[name] = number
    return number
  }
}
