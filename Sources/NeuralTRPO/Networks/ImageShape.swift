/// The numbers of an image: rows of pixels of channels, one after the other (height × width × channels).
public struct ImageShape: Sendable, Equatable, CustomStringConvertible {
  /// Rows.
  public let height: Int
  /// Pixels in a row.
  public let width: Int
  /// Numbers in a pixel.
  public let channels: Int
  /// Whether the numbers are whole ones from 0 to 255, of which a network sees the 255th part.
  public let holdsBytes: Bool

  /// A shape from its sizes; ``ConvolutionalShape`` checks them.
  public init(height: Int, width: Int, channels: Int, holdsBytes: Bool = false) {
    self.height = height
    self.width = width
    self.channels = channels
    self.holdsBytes = holdsBytes
  }

  /// How many numbers there are.
  var count: Int { height * width * channels }

  /// The factor by which a network multiplies each number.
  var scale: Double { holdsBytes ? 1.0 / 255 : 1 }

  public var description: String { "\(height) × \(width) × \(channels)" }
}
