/// The Secure Hash Algorithm with 256 bits.
///
/// Source: FIPS 180-4, §5.1.1 and §6.2. Own code: nothing that the package links has it.
package struct SHA256: Sendable {
  private var state: [UInt32] = initialState
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var count = 0
  private var schedule = [UInt32](repeating: 0, count: 64)

  /// The hash of nothing so far.
  package init() { rest.reserveCapacity(64) }

  /// The eight words of the hash of some bytes.
  package static func words(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    count += bytes.count
    var place = 0
    while place < bytes.count {
      if rest.isEmpty, bytes.count - place >= 64 {
        compress { Self.word(bytes, place + 4 * $0) }
        place += 64
      } else {
        rest.append(bytes[place])
        place += 1
        if rest.count == 64 { compressRest() }
      }
    }
  }

  /// Adds bytes.
  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { update($0) }
  }

  /// The eight words of the hash.
  package mutating func finish() -> [UInt32] {
    let bits = UInt64(count) << 3
    let padding = 1 + (119 - rest.count) % 64
    update([0x80] + [UInt8](repeating: 0, count: padding - 1))
    update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
    return state
  }

  /// Adds the four bytes of a word, the highest first.
  package mutating func update(bigEndian word: UInt32) {
    update((0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) })
  }

  /// The hash in 64 hexadecimal digits.
  package var hexadecimal: String {
    var copy = self
    return copy.finish().map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt32 {
    UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8
      | UInt32(bytes[place + 3])
  }

  private mutating func compressRest() {
    let block = rest
    rest.removeAll(keepingCapacity: true)
    block.withUnsafeBufferPointer { bytes in compress { Self.word(bytes, 4 * $0) } }
  }

  /// - Parameter word: The sixteen words of a block.
  private mutating func compress(_ word: (Int) -> UInt32) {
    for index in 0..<16 { schedule[index] = word(index) }
    for index in 16..<64 {
      let (a, b) = (schedule[index - 15], schedule[index - 2])
      let small = Self.rotate(a, 7) ^ Self.rotate(a, 18) ^ (a >> 3)
      let large = Self.rotate(b, 17) ^ Self.rotate(b, 19) ^ (b >> 10)
      schedule[index] = schedule[index - 16] &+ small &+ schedule[index - 7] &+ large
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let large = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
      let first = h &+ large &+ ((e & f) ^ (~e & g)) &+ Self.constants[index] &+ schedule[index]
      let small = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
      let second = small &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  /// The first 32 bits of the fractional parts of the square roots of the first eight primes.
  private static let initialState = primes.prefix(8).map { fraction($0.squareRoot()) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants = primes.map { prime in
    // The whole number below 2³² times the cube root, exactly.
    var (low, high): (UInt128, UInt128) = (0, 7 << 32)
    let cube = UInt128(clamping: Int(exactly: prime) ?? 0) << 96
    while high - low > 1 {
      let middle = (low + high) / 2
      if middle * middle * middle <= cube { low = middle } else { high = middle }
    }
    return UInt32(truncatingIfNeeded: low)
  }

  private static let primes: [Double] = (2..<312).filter { number in
    (2..<number).allSatisfy { number % $0 != 0 }
  }.map { Double($0) }

  private static func fraction(_ number: Double) -> UInt32 {
    UInt32(exactly: ((number - number.rounded(.down)) * 0x1p32).rounded(.down)) ?? 0
  }
}
