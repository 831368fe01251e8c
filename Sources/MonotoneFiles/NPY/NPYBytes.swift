/// Arrays as `.npy` files, in C order, lowest byte first.
package enum NPYBytes {
  package static func doubles(_ values: [Double], shape: [Int]) -> [UInt8] {
    var bytes = NPYHeader.bytes(type: "<f8", shape: shape)
    bytes.reserveCapacity(bytes.count + 8 * values.count)
    for value in values { bytes.append(littleEndian: value.bitPattern) }
    return bytes
  }

  package static func integers(_ values: [Int]) -> [UInt8] {
    var bytes = NPYHeader.bytes(type: "<i8", shape: [values.count])
    bytes.reserveCapacity(bytes.count + 8 * values.count)
    for value in values { bytes.append(littleEndian: Int64(value)) }
    return bytes
  }

  package static func integers(_ values: [Int32]) -> [UInt8] {
    var bytes = NPYHeader.bytes(type: "<i4", shape: [values.count])
    bytes.reserveCapacity(bytes.count + 4 * values.count)
    for value in values { bytes.append(littleEndian: value) }
    return bytes
  }

  package static func marks(_ values: [Bool]) -> [UInt8] {
    NPYHeader.bytes(type: "|b1", shape: [values.count]) + values.map { $0 ? 1 : 0 }
  }

  /// Texts, each filled up to the longest with zeros; without a shape, a single one.
  package static func texts(_ values: [String], shape: [Int]) -> [UInt8] {
    let length = max(1, values.map(\.unicodeScalars.count).max() ?? 1)
    var bytes = NPYHeader.bytes(type: "<U\(length)", shape: shape)
    bytes.reserveCapacity(bytes.count + 4 * length * values.count)
    for value in values {
      for scalar in value.unicodeScalars { bytes.append(littleEndian: scalar.value) }
      let padding = 4 * (length - value.unicodeScalars.count)
      bytes += [UInt8](repeating: 0, count: padding)
    }
    return bytes
  }

  package static func text(_ value: String) -> [UInt8] { texts([value], shape: []) }
}
