internal import MonotoneArithmetic
internal import MonotoneFiles

/// An array of a UMB archive, checked for its length.
struct UMBArray {
  let name: String
  let input: InputBytes
  /// Where its elements stand in the archive.
  let range: Range<Int>
  let size: Int

  /// Where an element stands.
  func offset(_ index: Int) -> Int { range.lowerBound + index * size }

  func path(_ index: Int) -> String { "\(name)[\(index)]" }

  /// A whole number of 8 bytes; −1 beyond `Int`.
  func long(_ index: Int) -> Int {
    Int(exactly: input.integer(at: offset(index), as: UInt64.self)) ?? -1
  }

  /// A whole number of 4 bytes.
  func word(_ index: Int) -> Int { Int(input.integer(at: offset(index), as: UInt32.self)) }

  /// A bit of an array of bits.
  func bit(_ index: Int) -> Bool {
    input.base[range.lowerBound + index / 8] >> (index % 8) & 1 == 1
  }

  /// A number; nil for what is none: NaN, infinity, a denominator 0.
  func number(_ index: Int, _ type: UMBIndex.Numbers, _ decimals: DecimalReading) -> ExactNumber? {
    switch type {
    case .double:
      return decimals.number(
        Double(bitPattern: input.integer(at: offset(index), as: UInt64.self)))
    case .rational(let width):
      let place = offset(index)
      if width == 8 {
        let top = input.integer(at: place, as: Int64.self)
        let bottom = input.integer(at: place + 8, as: UInt64.self)
        if bottom > 0, bottom < 1 << 62, top.magnitude < 1 << 62 {
          return ExactNumber(numerator: Int(top), denominator: Int(bottom))
        }
      }
      let top = big(place, width, isSigned: true)
      let bottom = big(place + width, width, isSigned: false)
      return bottom.isExactlyZero ? nil : ExactNumber(top / bottom)
    }
  }

  private func big(_ place: Int, _ width: Int, isSigned: Bool) -> Rational {
    var value = Rational(0)
    let base = Rational(1 << 32)
    for word in stride(from: width - 4, through: 0, by: -4) {
      value = value * base + Rational(Int(input.integer(at: place + word, as: UInt32.self)))
    }
    guard isSigned, input.base[place + width - 1] >= 0x80 else { return value }
    var limit = Rational(1)
    for _ in 0..<(width / 4) { limit = limit * base }
    return value - limit
  }
}

extension TarArchive {
  /// The array of a name, of so many elements; nil where there is none.
  func array(_ name: String, count: Int, size: Int) throws(ArchiveFault) -> UMBArray? {
    guard let member = members[name] else { return nil }
    guard member.range.count / size == count, member.range.count % size == 0 else {
      throw ArchiveFault(
        offset: member.range.lowerBound, member: name,
        "\(member.range.count) bytes; expected \(count) elements of \(size)")
    }
    return UMBArray(name: name, input: input, range: member.range, size: size)
  }

  /// The bits of a name, one for each of so many elements, filled up to whole words of 8 bytes.
  func bits(_ name: String, count: Int) throws(ArchiveFault) -> UMBArray? {
    guard let member = members[name] else { return nil }
    guard member.range.count == (count + 63) / 64 * 8 else {
      throw ArchiveFault(
        offset: member.range.lowerBound, member: name,
        "\(member.range.count) bytes; expected \((count + 63) / 64 * 8) for \(count) bits")
    }
    return UMBArray(name: name, input: input, range: member.range, size: 1)
  }

  /// The starts of rows: ascending from 0 to a count; each row of one element where the array is missing.
  ///
  /// - Parameter part: The rows that are meant, of which the starts and the last end are checked and
  ///   given; nil for all.
  func starts(
    _ name: String, rows: Int, to end: Int, of part: Range<Int>? = nil
  ) throws(ArchiveFault) -> [Int] {
    let part = part ?? 0..<rows
    guard let array = try array(name, count: rows + 1, size: 8) else {
      guard rows == end else {
        throw ArchiveFault(offset: 0, member: name, "the array is missing; add it")
      }
      return Array(part.lowerBound...part.upperBound)
    }
    let values = (part.lowerBound...part.upperBound).map(array.long)
    for (index, value) in zip(part.lowerBound..., values) {
      let previous = index > part.lowerBound ? values[index - part.lowerBound - 1] : 0
      let isSound = index == 0 ? value == 0 : value >= previous && value <= end
      guard isSound, index < rows || value == end else {
        throw ArchiveFault(
          offset: array.offset(index), member: array.path(index),
          "found \(value); expected numbers that ascend from 0 to \(end)")
      }
    }
    return values
  }
}
