import Foundation
import NeuralTRPO

/// Seconds of processor time that a piece of work takes.
func processorSeconds(_ work: () -> Void) -> Double {
  let start = clock()
  work()
  return Double(clock() - start) / Double(CLOCKS_PER_SEC)
}

/// One Fisher product of the convolutional policy of Schulman et al. 2015 on a batch that the driver wrote, and the
/// products of matrices that it is made of.
///
/// The file: a line with the number of images, then images as bytes, and as Float actions, advantages, parameters, a
/// direction and F times it.
final class ConvolutionTask {
  private let batch: PolicyBatch<Float>
  private let direction: [Float]
  private let expected: [Float]
  private var product: [Float]
  private var floor: ConvolutionFloor

  init(file: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    guard let end = data.firstIndex(of: 10),
      let rows = Int(String(decoding: data[..<end], as: UTF8.self))
    else { fatalError("no header in \(file)") }
    let convolution = Convolution(filters: 16, kernel: 4, stride: 2)
    let shape = NetworkShape(
      try ConvolutionalShape(
        ImageShape(height: 52, width: 40, channels: 4, holdsBytes: true),
        [convolution, convolution]),
      hidden: [20], outputs: 8)
    var place = end + 1
    let images = data[place..<place + rows * shape.inputs].map(Float.init)
    place += images.count
    func floats(_ count: Int) -> [Float] {
      defer { place += 4 * count }
      return data[place..<place + 4 * count].withUnsafeBytes { bytes in
        (0..<count).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
      }
    }
    let head = FactoredCategorical(choices: [3, 3, 2])
    batch = PolicyBatch(shape: shape, head: head, capacity: rows)
    let (actions, advantages) = (floats(rows * head.actionWidth), floats(rows))
    batch.load(
      observations: images, actions: actions, advantages: advantages,
      parameters: floats(shape.parameterCount))
    direction = floats(shape.parameterCount)
    expected = floats(shape.parameterCount)
    product = direction
    floor = ConvolutionFloor(
      layers: [
        .init(height: 52, width: 40, channels: 4, filters: 16, kernel: 4, stride: 2),
        .init(height: 25, width: 19, channels: 16, filters: 16, kernel: 4, stride: 2),
      ], widths: shape.widths, images: rows, block: 8)
  }

  /// One Fisher product: forward pass, J v, the metric, and Jᵀ.
  func ours() -> Double { processorSeconds { batch.fisherProduct(direction, into: &product) } }

  /// The matrix products that it makes, and their matrices of patches.
  func bare() -> Double { processorSeconds { floor.run() } }

  /// How far the product is from the driver's, over the largest number of that.
  func error() -> Double {
    batch.fisherProduct(direction, into: &product)
    let largest = expected.reduce(0) { max($0, abs($1)) }
    return Double(zip(product, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / largest)
  }
}
