/// The rows that go into a network: numbers, or bytes in a quarter or an eighth of the room.
final class NetworkInputs<Number: NetworkNumber> {
  /// How many numbers make a row.
  let width: Int
  /// The factor by which the network multiplies them.
  private let scale: Number
  private let numbers: NetworkBuffer<Number>
  /// In place of numbers, where rows are kept as bytes.
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  /// Room for rows.
  init(_ shape: NetworkShape, rows: Int, asBytes: Bool = false) {
    width = shape.inputs
    scale = Number(shape.convolutions?.image.scale ?? 1)
    let count = rows * width
    numbers = .init(count: asBytes ? 0 : count)
    bytes = .allocate(capacity: asBytes ? count : 0)
    bytes.initialize(repeating: 0)
  }

  deinit { bytes.deallocate() }

  /// Where rows are kept as bytes.
  private var areBytes: Bool { bytes.count > 0 }

  /// Where rows go in, unless they are kept as bytes.
  var start: UnsafeMutablePointer<Number> {
    precondition(!areBytes, "rows of numbers where rows of bytes are kept")
    return numbers.start
  }

  /// Takes in rows, from the first.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func set(_ values: [Number]) {
    guard areBytes else { return numbers.set(values) }
    precondition(values.count <= bytes.count, "\(values.count) numbers for \(bytes.count)")
    for (index, value) in values.enumerated() {
      guard value >= 0, value <= 255, case let byte = UInt8(value), Number(byte) == value else {
        preconditionFailure(
          "row \(index / width), number \(index % width) of an image of bytes is \(value)")
      }
      bytes[index] = byte
    }
  }

  /// Takes rows of others like these, as the first.
  func take(_ rows: Range<Int>, of others: NetworkInputs) {
    let (first, count) = (rows.lowerBound * width, rows.count * width)
    if areBytes {
      precondition(others.areBytes, "rows of numbers for rows of bytes")
      guard let target = bytes.baseAddress, let source = others.bytes.baseAddress else { return }
      target.update(from: source + first, count: count)
    } else {
      numbers.start.update(from: others.start + first, count: count)
    }
  }

  /// Writes some rows as the network sees them.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func read(_ rows: Range<Int>, into target: UnsafeMutablePointer<Number>) {
    let (first, count, scale) = (rows.lowerBound * width, rows.count * width, scale)
    if let source = bytes.baseAddress.map({ $0 + first }), areBytes {
      for index in 0..<count { target[index] = scale * Number(source[index]) }
    } else {
      let source = numbers.start + first
      for index in 0..<count { target[index] = scale * source[index] }
    }
  }
}
