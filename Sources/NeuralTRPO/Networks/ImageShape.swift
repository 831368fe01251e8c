/// The numbers of an image: rows of pixels of channels, one after the other (height × width × channels).
public struct ImageShape: Sendable, Equatable, CustomStringConvertible {
  /// Rows.
  public let height: Int
  /// Pixels in a row.
  public let width: Int
  /// Numbers in a pixel.
  public let channels: Int
  /// Whether the numbers are whole ones from 0 to ``largestByte``.
  public let holdsBytes: Bool
  /// The byte that a network sees as 1: 255 of pixels, 1 of flags.
  public let largestByte: Int

  /// A shape from its sizes; ``ConvolutionalShape`` checks them.
  public init(
    height: Int, width: Int, channels: Int, holdsBytes: Bool = false, largestByte: Int = 255
  ) {
    self.height = height
    self.width = width
    self.channels = channels
    self.holdsBytes = holdsBytes
    self.largestByte = largestByte
  }

  /// How many numbers there are.
  package var count: Int { height * width * channels }

  /// The factor by which a network multiplies each number.
  var scale: Double { holdsBytes ? 1 / Double(largestByte) : 1 }

  public var description: String { "\(height) × \(width) × \(channels)" }
}
