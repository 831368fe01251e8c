/// Observations of a batch, row by row: numbers, or bytes in their place where they are images of bytes.
///
/// A hundred thousand images of 4 × 52 × 40 pixels are 832 MB of bytes, four times that in single precision.
public struct ObservationRows<Number: NetworkNumber>: Sendable, Equatable {
  /// How many numbers make a row.
  public let width: Int
  /// Whether rows are kept as bytes.
  public let areBytes: Bool
  /// The rows one after the other, unless they are kept as bytes.
  private(set) var numbers: [Number] = []
  /// The rows one after the other, where they are kept as bytes.
  private(set) var bytes: [UInt8] = []

  /// No rows.
  public init(width: Int, areBytes: Bool = false) {
    self.width = width
    self.areBytes = areBytes
  }

  /// Rows of numbers.
  package init(_ numbers: [Number], width: Int) {
    self.init(width: width)
    self.numbers = numbers
  }

  /// Rows of numbers, kept as bytes if so wished.
  ///
  /// - Precondition: bytes are whole numbers from 0 to 255.
  init(_ numbers: [Number], width: Int, asBytes: Bool) {
    self.init(width: width, areBytes: asBytes)
    if asBytes {
      bytes = [UInt8](repeating: 0, count: numbers.count)
      Self.convert(numbers, width: width, into: &bytes)
    } else {
      self.numbers = numbers
    }
  }

  /// Rows of numbers as a network of some shape takes them: as bytes where its images hold bytes.
  ///
  /// - Precondition: bytes are whole numbers from 0 to 255.
  package init(_ numbers: [Number], for shape: NetworkShape) {
    self.init(numbers, width: shape.inputs, asBytes: shape.holdsBytes)
  }

  /// The rows as numbers; bytes are converted.
  package var asNumbers: [Number] { areBytes ? bytes.map { Number($0) } : numbers }

  /// The number of numbers.
  var numberCount: Int { areBytes ? bytes.count : numbers.count }

  /// Some rows as numbers.
  func numbers(of rows: [Int]) -> [Number] {
    rows.flatMap { row in
      let places = row * width..<(row + 1) * width
      return areBytes ? bytes[places].map { Number($0) } : Array(numbers[places])
    }
  }

  /// Makes room for rows.
  mutating func reserve(rows: Int) {
    if areBytes {
      bytes.reserveCapacity(rows * width)
    } else {
      numbers.reserveCapacity(rows * width)
    }
  }

  /// Takes in another's rows.
  mutating func append(_ other: ObservationRows) {
    precondition(
      other.areBytes == areBytes && other.width == width,
      "rows of \(other.width) \(other.kind) after rows of \(width) \(kind)")
    numbers += other.numbers
    bytes += other.bytes
  }

  /// Takes in rows of a network's inputs.
  mutating func append(_ rows: Range<Int>, of inputs: NetworkInputs<Number>) {
    if areBytes {
      bytes += inputs.bytes(of: rows)
    } else {
      numbers.append(rows, of: inputs.start, width)
    }
  }

  /// Takes in a row that environments show.
  mutating func append(_ row: Int, of shown: ShownRows, _ scaling: ObservationScaling?) {
    if areBytes {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: width))
      bytes.withUnsafeMutableBufferPointer {
        guard let base = $0.baseAddress else { return }
        shown.write(row..<row + 1, width: width, into: base + start)
      }
    } else {
      let start = numbers.count
      numbers.append(contentsOf: repeatElement(0, count: width))
      numbers.withUnsafeMutableBufferPointer {
        guard let base = $0.baseAddress else { return }
        shown.write(row..<row + 1, width: width, scaling, into: base + start)
      }
    }
  }

  /// Brings groups of rows, each as large, into an order.
  mutating func arrange(_ order: [Int], rowsOfGroup: Int) {
    if areBytes {
      bytes = Self.gather(bytes, order, rowsOfGroup * width)
    } else {
      numbers = Self.gather(numbers, order, rowsOfGroup * width)
    }
  }

  private static func gather<T>(_ values: [T], _ order: [Int], _ width: Int) -> [T] {
    var gathered: [T] = []
    gathered.reserveCapacity(values.count)
    for index in order { gathered += values[index * width..<(index + 1) * width] }
    return gathered
  }

  private var kind: String { areBytes ? "bytes" : "numbers" }

  /// Writes numbers as bytes.
  ///
  /// - Precondition: they are whole numbers from 0 to 255.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  private static func convert(_ values: [Number], width: Int, into bytes: inout [UInt8]) {
    for (index, value) in values.enumerated() {
      guard let byte = UInt8(exactly: value) else {
        preconditionFailure(
          "row \(index / width), number \(index % width) of an image of bytes is \(value)")
      }
      bytes[index] = byte
    }
  }
}

extension NetworkShape {
  /// Whether what goes in are images of bytes.
  var holdsBytes: Bool { convolutions?.image.holdsBytes ?? false }
}
