/// A convolution with square kernels and no padding, written `16x4s2`: 16 filters of 4 × 4 pixels, moved by
/// 2 pixels at a time.
public struct Convolution: Sendable, Equatable, CustomStringConvertible {
  /// Filters: the channels that come out.
  public let filters: Int
  /// Height and width of the kernel in pixels.
  public let kernel: Int
  /// How many pixels lie between two places of the kernel.
  public let stride: Int

  /// A convolution from its sizes; ``ConvolutionalShape`` checks them.
  public init(filters: Int, kernel: Int, stride: Int) {
    self.filters = filters
    self.kernel = kernel
    self.stride = stride
  }

  /// A convolution as it is written; without `s…` the stride is 1. Nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let sizes = parts[1].split(separator: "s", omittingEmptySubsequences: false)
    let numbers = ([parts[0]] + sizes).map { Self.number($0) }
    guard (2...3).contains(numbers.count), let filters = numbers[0], let kernel = numbers[1],
      let stride = numbers.count == 3 ? numbers[2] : 1
    else { return nil }
    self.init(filters: filters, kernel: kernel, stride: stride)
  }

  /// A number of digits alone, from 1 to ``largest``.
  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(text), (1...largest).contains(number)
    else { return nil }
    return number
  }

  /// The largest number that may be written.
  public static var largest: Int { 65_536 }

  public var description: String { "\(filters)x\(kernel)s\(stride)" }
}
