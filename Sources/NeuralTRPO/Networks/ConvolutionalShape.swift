/// An image and the convolutions that it passes through, and where their parameters lie.
///
/// Layer l takes `images[l]` to `images[l + 1]`: a kernel at each place where it fits, every `stride` pixels,
/// so that a height h becomes ⌊(h − kernel)/stride⌋ + 1. Its weights stand first, kernel rows × kernel
/// columns × channels × filters, its biases after them: a matrix of (numbers under the kernel) × filters
/// like that of a dense layer.
public struct ConvolutionalShape: Sendable, Equatable {
  /// The image that goes in.
  public let image: ImageShape
  /// The convolutions, maybe none.
  public let convolutions: [Convolution]
  /// The input of each convolution, and last the output.
  public let images: [ImageShape]
  /// The number of parameters.
  public let parameterCount: Int

  /// A shape from an image and convolutions.
  ///
  /// - Throws: ``InvalidConvolution`` if a size is not positive, a kernel is larger than what it goes over,
  ///   or a count is beyond what BLAS counts to.
  public init(_ image: ImageShape, _ convolutions: [Convolution]) throws(InvalidConvolution) {
    guard image.height > 0, image.width > 0, image.channels > 0 else {
      throw InvalidConvolution("an image of \(image); expected positive sizes")
    }
    try Self.check([image.height, image.width, image.channels], "an image of \(image)")
    var (images, parameters) = ([image], 0)
    for (index, one) in convolutions.enumerated() {
      let input = images[index]
      let name = "convolution \(index + 1) (\(one)) over \(input)"
      guard one.filters > 0, one.kernel > 0, one.stride > 0 else {
        throw InvalidConvolution("\(name): expected positive filters, kernel and stride")
      }
      guard one.kernel <= input.height, one.kernel <= input.width else {
        throw InvalidConvolution(
          "\(name): expected a kernel of at most \(min(input.height, input.width))")
      }
      let output = ImageShape(
        height: (input.height - one.kernel) / one.stride + 1,
        width: (input.width - one.kernel) / one.stride + 1, channels: one.filters)
      let patch = [one.kernel, one.kernel, input.channels]
      try Self.check([output.height, output.width] + patch, name)
      try Self.check([output.height, output.width, one.filters], name)
      parameters += try Self.check(patch + [one.filters], name) + one.filters
      images.append(output)
    }
    guard parameters <= Self.largestCount else {
      throw InvalidConvolution(
        "\(parameters) parameters; at most \(Self.largestCount) are possible")
    }
    (self.image, self.convolutions, self.images) = (image, convolutions, images)
    parameterCount = parameters
  }

  /// BLAS counts in 32 bits.
  private static var largestCount: Int { Int(Int32.max) }

  /// The product of sizes, where BLAS can count to it.
  @discardableResult private static func check(
    _ sizes: [Int], _ name: String
  ) throws(InvalidConvolution) -> Int {
    var product = 1
    for size in sizes {
      let (next, overflows) = product.multipliedReportingOverflow(by: size)
      guard !overflows, next <= largestCount else {
        let text = sizes.map(String.init).joined(separator: " × ")
        throw InvalidConvolution("\(name): \(text) numbers; at most \(largestCount) are possible")
      }
      product = next
    }
    return product
  }

  /// The layers in words, for readers of written networks.
  var meaning: String {
    let input =
      "observations are images [\(image.height), \(image.width), \(image.channels)]"
      + (image.scale == 1 ? "" : " divided by \(image.largestByte)")
    let names = convolutions.map(\.description).joined(separator: ",")
    return input
      + (convolutions.isEmpty
        ? ""
        : "; the first layers are convolutions \(names), weight[row, column, channel, filter], no padding")
      + "; flattened as [row, column, channel]"
  }

  /// The numbers that come out, which go into the dense layers: row by row, pixel by pixel.
  public var outputs: Int { images[convolutions.count].count }

  /// The places of a layer's kernel, and the numbers under it.
  func patches(_ layer: Int) -> PatchGeometry {
    PatchGeometry(
      input: images[layer], output: images[layer + 1], kernel: convolutions[layer].kernel,
      stride: convolutions[layer].stride)
  }

  /// How many images are worked on at a time: so many that the numbers of the largest layer, about a
  /// mebibyte of them in single precision, stay in the cache; 8 for the network of the paper.
  var blockRows: Int {
    let largest = convolutions.indices.map { patches($0).count }.reduce(image.count, max)
    return max(1, min(256, 262_144 / largest))
  }
}

/// Why there is no network with some convolutions.
public struct InvalidConvolution: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
