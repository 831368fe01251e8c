internal import MonotoneFiles

/// Finds names by their bytes.
///
/// A large model mentions its states many millions of times. Looking them up as Swift strings would
/// make a string and compare by Unicode equivalence each time; here a name is its UTF-8 bytes,
/// hashed and compared a word at a time, and nothing is allocated.
struct NameTable {
  /// The names' bytes, one after another, padded for loads of whole words.
  private var pool: [UInt8] = Array(repeating: 0, count: 8)
  /// Where each name starts in the pool, and where the last one ends.
  private var starts: [Int] = [0]
  /// Open addressing with linear probing: a name's index, or −1.
  private var slots: [Int32] = Array(repeating: -1, count: 16)

  private let seed = UInt64.random(in: .min ... .max)

  var count: Int { starts.count - 1 }

  mutating func reserveCapacity(_ count: Int) {
    starts.reserveCapacity(count + 1)
    while slots.count < 2 * count { grow() }
  }

  /// The index of a name, or nil.
  ///
  /// - Precondition: eight bytes may be read behind the name's last.
  @inline(__always)
  func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let pointer = name.baseAddress else { return nil }
    let found = slots[slot(of: pointer, count: name.count)]
    return found < 0 ? nil : Int(found)
  }

  /// Adds a name at the end; returns its index, or nil if it is known already and can only be
  /// found where it stood first.
  mutating func insert(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let pointer = name.baseAddress else { return nil }
    if 2 * count >= slots.count { grow() }
    let index = count
    let place = slot(of: pointer, count: name.count)
    let isNew = slots[place] < 0
    if isNew { slots[place] = Int32(index) }
    let start = starts[index]
    pool.replaceSubrange(start..<start, with: name)
    starts.append(start + name.count)
    return isNew ? index : nil
  }

  /// Adds a place at the end that no name finds.
  mutating func insertNothing() { starts.append(starts[count]) }

  /// A name, for messages.
  func name(_ index: Int) -> String {
    String(decoding: pool[starts[index]..<starts[index + 1]], as: UTF8.self)
  }

  /// Where a name is, or where it would go.
  @inline(__always)
  private func slot(of pointer: UnsafePointer<UInt8>, count: Int) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash(pointer, count)) & mask
    while slots[place] >= 0, !matches(Int(slots[place]), pointer, count) {
      place = (place + 1) & mask
    }
    return place
  }

  @inline(__always)
  private func matches(_ index: Int, _ pointer: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let start = starts[index]
    guard starts[index + 1] - start == count else { return false }
    return pool.withUnsafeBufferPointer { pool in
      guard let base = pool.baseAddress else { return false }
      var offset = 0
      while offset < count {
        let difference = WordScan.load(base + start + offset) ^ WordScan.load(pointer + offset)
        guard difference & Self.mask(count - offset) == 0 else { return false }
        offset += 8
      }
      return true
    }
  }

  @inline(__always)
  private func hash(_ pointer: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: count)
    var offset = 0
    while offset < count {
      let word = WordScan.load(pointer + offset) & Self.mask(count - offset)
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      offset += 8
    }
    return hash
  }

  /// The bits of a word that belong to a name with `count` bytes left.
  @inline(__always)
  private static func mask(_ count: Int) -> UInt64 {
    count >= 8 ? .max : (1 &<< UInt64(truncatingIfNeeded: 8 * count)) - 1
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    let pool = pool
    pool.withUnsafeBufferPointer { pool in
      guard let base = pool.baseAddress else { return }
      for index in 0..<(starts.count - 1) {
        let length = starts[index + 1] - starts[index]
        // Empty names are refused; an empty place is not found.
        guard length > 0 else { continue }
        slots[slot(of: base + starts[index], count: length)] = Int32(index)
      }
    }
  }
}
