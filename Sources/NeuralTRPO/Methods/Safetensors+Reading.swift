#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

extension Safetensors {
  /// The format's limit to the length of a header.
  private static let headerLimit = 100_000_000

  /// Reads a file's bytes.
  ///
  /// Numbers must fill the file: a gap, an overlap or a rest is an error, as the format demands.
  ///
  /// - Throws: ``InvalidSafetensors``, whatever the bytes.
  package init(_ data: Data, file: String) throws(InvalidSafetensors) {
    func fault(_ part: String, _ found: String, _ expected: String) -> InvalidSafetensors {
      InvalidSafetensors(file: file, part: part, found: found, expected: expected)
    }
    let bytes = [UInt8](data)
    guard bytes.count >= 8 else {
      throw fault("header", "\(bytes.count) bytes", "8 bytes with its length")
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= min(Self.headerLimit, bytes.count - 8) else {
      throw fault(
        "header", "a length of \(length)", "at most \(min(Self.headerLimit, bytes.count - 8))")
    }
    let start = 8 + Int(length)
    let header = try SafetensorsHeader(Array(bytes[8..<start]), file: file)
    self.init(file: file, metadata: header.metadata)

    var end = 0
    for entry in header.entries.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard entry.start == end, entry.end <= bytes.count - start else {
        throw fault(
          "tensor \(entry.name.debugDescription)", "bytes \(entry.start) to \(entry.end)",
          "bytes from \(end) to at most \(bytes.count - start)")
      }
      end = entry.end
    }
    guard end == bytes.count - start else {
      throw fault("data", "\(bytes.count - start) bytes", "\(end) bytes")
    }
    for entry in header.entries {
      try add(entry, bytes[(start + entry.start)..<(start + entry.end)])
    }
  }

  /// Takes in a tensor with its bytes.
  private mutating func add(
    _ entry: SafetensorsHeader.Entry, _ bytes: ArraySlice<UInt8>
  ) throws(InvalidSafetensors) {
    func fault(_ found: String, _ expected: String) -> InvalidSafetensors {
      InvalidSafetensors(
        file: file, part: "tensor \(entry.name.debugDescription)", found: found, expected: expected)
    }
    guard let width = ["F32": 4, "F64": 8][entry.type] else {
      throw fault("type \(entry.type.debugDescription)", "F32 or F64")
    }
    var size = width
    for length in entry.shape {
      let product = size.multipliedReportingOverflow(by: length)
      guard !product.overflow else { throw fault("shape \(entry.shape)", "one that fits memory") }
      size = product.partialValue
    }
    guard size == bytes.count else {
      throw fault(
        "\(bytes.count) bytes", "\(size) for \(entry.type) numbers of shape \(entry.shape)")
    }
    let values = bytes.withUnsafeBytes { raw in
      let places = stride(from: 0, to: raw.count, by: width)
      return width == 4
        ? Values.float(
          places.map {
            Float(
              bitPattern: .init(
                littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
          })
        : .double(
          places.map {
            Double(
              bitPattern: .init(
                littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
          })
    }
    tensors.append(Tensor(name: entry.name, shape: entry.shape, values: values))
  }
}
