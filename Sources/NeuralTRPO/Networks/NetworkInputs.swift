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

  /// Whether rows are kept as bytes.
  var areBytes: Bool { bytes.count > 0 }

  /// Where rows go in, unless they are kept as bytes.
  var start: UnsafeMutablePointer<Number> {
    precondition(!areBytes, "rows of numbers where rows of bytes are kept")
    return numbers.start
  }

  /// Takes in rows, from the first.
  func set(_ values: [Number]) {
    set(
      0..<values.count / width, of: ObservationRows(values, width: width, asBytes: areBytes))
  }

  /// Takes in some rows of a batch that is kept as these are.
  func set(_ rows: Range<Int>, of batch: ObservationRows<Number>) {
    check(rows.count, batch)
    let (first, count) = (rows.lowerBound * width, rows.count * width)
    if areBytes {
      batch.bytes.withUnsafeBufferPointer { source in
        guard let source = source.baseAddress else { return }
        bytes.baseAddress?.update(from: source + first, count: count)
      }
    } else {
      batch.numbers.withUnsafeBufferPointer { source in
        guard let source = source.baseAddress else { return }
        numbers.start.update(from: source + first, count: count)
      }
    }
  }

  /// Takes in rows of a batch that is kept as these are, in an order.
  func gather(_ order: UnsafePointer<Int32>, count: Int, of batch: ObservationRows<Number>) {
    check(count, batch)
    if areBytes {
      batch.bytes.withUnsafeBufferPointer { source in
        guard let source = source.baseAddress, let target = bytes.baseAddress else { return }
        for index in 0..<count {
          (target + index * width).update(from: source + Int(order[index]) * width, count: width)
        }
      }
    } else {
      batch.numbers.withUnsafeBufferPointer { source in
        guard let source = source.baseAddress else { return }
        Number.gatherRows(order, of: source, width: width, count: count, into: numbers.start)
      }
    }
  }

  /// Takes in the first rows that environments show.
  func set(_ shown: ShownRows, rows: Int, _ scaling: ObservationScaling?) {
    if let base = bytes.baseAddress, areBytes {
      precondition(scaling == nil, "scaled bytes")
      shown.write(0..<rows, width: width, into: base)
    } else {
      shown.write(0..<rows, width: width, scaling, into: numbers.start)
    }
  }

  /// The bytes of some rows.
  func bytes(of rows: Range<Int>) -> Slice<UnsafeMutableBufferPointer<UInt8>> {
    bytes[rows.lowerBound * width..<rows.upperBound * width]
  }

  private func check(_ rows: Int, _ batch: ObservationRows<Number>) {
    let room = areBytes ? bytes.count : numbers.count
    precondition(
      batch.areBytes == areBytes && batch.width == width && rows * width <= room,
      "\(rows) rows of \(batch.width) for \(room) numbers in rows of \(width)")
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
