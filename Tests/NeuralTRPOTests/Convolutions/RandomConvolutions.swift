import MonotoneProbability
import RealModule
import Testing

@testable import NeuralTRPO

/// A random convolutional network, images, and directions.
struct RandomConvolutions: CustomTestStringConvertible {
  let shape: NetworkShape
  let rows: Int
  let parameters, direction: [Double]
  let images, cotangents: [Double]

  /// A network of some shape.
  init(_ shape: NetworkShape, rows: Int, seed: UInt64) {
    var random = RandomStream(seed: seed)
    self.shape = shape
    self.rows = rows
    func numbers(_ count: Int, _ scale: Double) -> [Double] {
      (0..<count).map { _ in scale * random.normal() }
    }
    // Sums over as many inputs as a layer has stay of order 1.
    parameters = shape.layers.flatMap { layer in
      numbers(layer.end - layer.weightStart, 1 / Double(layer.inputs).squareRoot())
    }
    let length = Double(shape.parameterCount).squareRoot()
    direction = numbers(shape.parameterCount, 1 / length)
    let holdsBytes = shape.convolutions?.image.holdsBytes ?? false
    images =
      holdsBytes
      ? (0..<rows * shape.inputs).map { _ in Double(random.integer(below: 256)) }
      : numbers(rows * shape.inputs, 1)
    cotangents = numbers(rows * shape.outputs, 1)
  }

  /// A network of any shape.
  init(seed: UInt64) {
    var random = RandomStream(seed: seed, stream: 1)
    func size(_ most: Int) -> Int { 1 + Int(random.integer(below: most)) }
    let image = ImageShape(
      height: size(9), width: size(9), channels: size(3), holdsBytes: seed % 3 == 0)
    var (height, width) = (image.height, image.width)
    let convolutions = (0..<(size(4) - 1)).map { _ in
      // Every fourth is as large as can be, and every fourth a single pixel.
      let kernel = [size(min(height, width)), min(height, width), 1, size(min(height, width))][
        size(4) - 1]
      let one = Convolution(filters: size(4), kernel: kernel, stride: size(3))
      height = (height - kernel) / one.stride + 1
      width = (width - kernel) / one.stride + 1
      return one
    }
    self.init(
      NetworkShape(
        .of(image, convolutions), hidden: (0..<(size(3) - 1)).map { _ in size(5) },
        outputs: size(4), activation: seed % 2 == 0 ? .tanh : .relu),
      rows: [1, 2, 7, 30][size(4) - 1], seed: seed)
  }

  /// Networks of every kind: one pixel, kernels of one pixel, kernels as large as the image, strides
  /// beyond the kernel; and images of which a block holds two, in batches that are no whole blocks.
  static let all: [RandomConvolutions] =
    (0..<60).map { RandomConvolutions(seed: $0) }
    + [1, 4, 5].map { rows in
      RandomConvolutions(
        NetworkShape(
          .of(
            ImageShape(height: 65, width: 60, channels: 2, holdsBytes: true),
            [
              Convolution(filters: 2, kernel: 7, stride: 1),
              Convolution(filters: 3, kernel: 6, stride: 5),
            ]), hidden: [3], outputs: 2), rows: rows, seed: 77)
    }

  var testDescription: String {
    "\(shape.convolutions?.image.description ?? "") \(shape.convolutions?.convolutions ?? []) "
      + "\(shape.widths) \(shape.activation), \(rows) rows"
  }

  /// A workspace with the images in it.
  func network(keepsBytes: Bool = false) -> any Network<Double> {
    let network = shape.network(capacity: rows, keepsBytes: keepsBytes, of: Double.self)
    network.inputs.set(images)
    return network
  }

  /// The outputs of a network at some parameters.
  func outputs(_ network: any Network<Double>, _ parameters: [Double]) -> [Double] {
    parameters.withUnsafeBufferPointer { network.forward($0, rows: rows) }
    return (0..<rows * shape.outputs).map { network.outputs.start[$0] }
  }

  /// J v, block by block, in an order of the blocks.
  func pushed(_ network: any Network<Double>, _ blocks: [Range<Int>]) -> [Double] {
    var result = [Double](repeating: .nan, count: rows * shape.outputs)
    parameters.withUnsafeBufferPointer { theta in
      direction.withUnsafeBufferPointer { v in
        result.withUnsafeMutableBufferPointer { result in
          guard let start = result.baseAddress else { return }
          for block in blocks {
            network.pushForward(
              v, through: theta, block: block, into: start + block.lowerBound * shape.outputs)
          }
        }
      }
    }
    return result
  }

  /// Jᵀ u, block by block, in an order of the blocks.
  func pulled(_ network: any Network<Double>, _ blocks: [Range<Int>]) -> [Double] {
    var result = [Double](repeating: 0, count: parameters.count)
    parameters.withUnsafeBufferPointer { theta in
      cotangents.withUnsafeBufferPointer { u in
        result.withUnsafeMutableBufferPointer { gradient in
          guard let u = u.baseAddress else { return }
          for block in blocks {
            network.pullBack(
              u + block.lowerBound * shape.outputs, through: theta, block: block,
              addingTo: gradient)
          }
        }
      }
    }
    return result
  }

  /// The outputs of an image, written out pixel by pixel.
  func plainOutputs(_ row: Int) -> [Double] {
    let f: (Double) -> Double = {
      shape.activation == .tanh ? Double.tanh($0) : max($0, 0)
    }
    guard let convolutions = shape.convolutions else { return [] }
    let scale = convolutions.image.holdsBytes ? 1.0 / 255 : 1
    var h = images[row * shape.inputs..<(row + 1) * shape.inputs].map { $0 * scale }
    var (height, width, channels) = (
      convolutions.image.height, convolutions.image.width, convolutions.image.channels
    )
    var place = 0
    for one in convolutions.convolutions {
      let (k, n) = (one.kernel, one.filters)
      let bias = place + k * k * channels * n
      let (rows, columns) = ((height - k) / one.stride + 1, (width - k) / one.stride + 1)
      var next = [Double](repeating: 0, count: rows * columns * n)
      for y in 0..<rows {
        for x in 0..<columns {
          for filter in 0..<n {
            var sum = parameters[bias + filter]
            for dy in 0..<k {
              for dx in 0..<k {
                for channel in 0..<channels {
                  let pixel = (y * one.stride + dy) * width + x * one.stride + dx
                  sum +=
                    h[pixel * channels + channel]
                    * parameters[place + ((dy * k + dx) * channels + channel) * n + filter]
                }
              }
            }
            next[(y * columns + x) * n + filter] = f(sum)
          }
        }
      }
      (h, height, width, channels, place) = (next, rows, columns, n, bias + n)
    }
    for (layer, columns) in shape.widths.dropFirst().enumerated() {
      let bias = place + h.count * columns
      h = (0..<columns).map { column in
        let sum = h.indices.reduce(parameters[bias + column]) {
          $0 + h[$1] * parameters[place + $1 * columns + column]
        }
        return layer == shape.layerCount - 1 ? sum : f(sum)
      }
      place = bias + columns
    }
    return h
  }
}
