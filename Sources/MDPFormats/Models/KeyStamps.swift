/// Finds the keys that an object gives twice, without clearing anything between objects: a key is
/// known if it bears the stamp of the current object.
struct KeyStamps {
  private var stamps: [UInt32] = []
  private var current: UInt32 = 0

  /// Starts an object whose keys have indices below `count`.
  mutating func begin(_ count: Int) {
    if stamps.count < count {
      stamps.append(contentsOf: repeatElement(0, count: count - stamps.count))
    }
    if current == .max {
      stamps = Array(repeating: 0, count: stamps.count)
      current = 0
    }
    current += 1
  }

  /// Stamps a key; false if it is known already.
  mutating func insert(_ index: Int) -> Bool {
    // Names of a policy without its MDP arrive one by one.
    while index >= stamps.count { stamps.append(0) }
    guard stamps[index] != current else { return false }
    stamps[index] = current
    return true
  }

  /// Whether the current object has a key.
  func contains(_ index: Int) -> Bool { index < stamps.count && stamps[index] == current }
}
