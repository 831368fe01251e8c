/// The head of a NumPy `.npy` file: what the numbers are and how they lie.
///
/// Source: NumPy Enhancement Proposal 1 and `numpy.lib.format`, versions 1.0 to 3.0.
package struct NPYHeader {
  /// Where and why a head cannot be understood.
  package struct Failure: Error {
    package let offset: Int
    package let message: String
  }

  /// The type as NumPy writes it, such as `<f8`.
  package let type: String
  /// Whether the first index varies fastest.
  package let isFortranOrder: Bool
  package let shape: [Int]
  /// Where the numbers start.
  package let dataOffset: Int

  /// How many numbers there are; nil if that is more than can be counted.
  package var numberCount: Int? {
    var product = 1
    for length in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      product = next
    }
    return product
  }

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Whether a file claims to be a `.npy` file.
  package static func isPresent(in input: InputBytes) -> Bool {
    input.count >= magic.count && input.buffer.starts(with: magic)
  }

  /// Reads the head of a file that claims to have one.
  package init(_ input: InputBytes) throws(Failure) {
    guard input.count > Self.magic.count + 2 else {
      throw Failure(offset: input.count, message: "the file ends within its header")
    }
    // Versions differ in how wide the length of the header is.
    let version = input.base[Self.magic.count]
    let lengthSize =
      switch version {
      case 1: 2
      case 2, 3: 4
      default:
        throw Failure(
          offset: Self.magic.count,
          message: "version \(version) of the .npy format; versions 1 to 3 are known")
      }
    let start = Self.magic.count + 2 + lengthSize
    var length = 0
    for index in 0..<lengthSize {
      length |= Int(input.base[start - lengthSize + index]) << (8 * index)
    }
    guard start + length <= input.count else {
      throw Failure(offset: input.count, message: "the file ends within its header")
    }
    var fields = NPYHeaderFields(bytes: input.buffer[start..<(start + length)])
    try fields.parse()
    guard let type = fields.type, let order = fields.isFortranOrder, let shape = fields.shape
    else {
      throw Failure(
        offset: start, message: "the header must have the keys descr, fortran_order and shape")
    }
    self.type = type
    isFortranOrder = order
    self.shape = shape
    dataOffset = start + length
  }
}
