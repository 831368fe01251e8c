import CBareLAPACK
import Foundation

/// The calls of sgemm that a product with Jᵀ M J of a convolutional network makes, the matrices of patches that they
/// are made on, and nothing else: no activation, no bias, no distribution.
///
/// Blocks of a given number of images, as the library takes them.
struct ConvolutionFloor {
  /// A convolution: what goes in, its places, and the numbers under its kernel.
  struct Layer {
    let height, width, channels, filters, kernel, stride: Int
    var rows: Int { (height - kernel) / stride + 1 }
    var columns: Int { (width - kernel) / stride + 1 }
    var places: Int { rows * columns }
    var patch: Int { kernel * kernel * channels }
  }

  private let layers: [Layer]
  private let widths: [Int]
  private let images: Int
  private let block: Int
  private let frames: [UInt8]
  private var values: [[Float]]
  private var tangents: [[Float]]
  private var patches: [[Float]]
  private var patchTangents: [[Float]]
  private var weights: [[Float]]
  private var gradients: [[Float]]
  private var dense: [[Float]]
  private var denseTangents: [[Float]]
  private var denseWeights: [[Float]]
  private var denseGradients: [[Float]]

  init(layers: [Layer], widths: [Int], images: Int, block: Int) {
    (self.layers, self.widths, self.images, self.block) = (layers, widths, images, block)
    let first = layers[0]
    let size = first.height * first.width * first.channels
    frames = (0..<images * size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 255) }
    func zeros(_ counts: [Int]) -> [[Float]] { counts.map { [Float](repeating: 0.01, count: $0) } }
    values = zeros(layers.map { block * $0.height * $0.width * $0.channels } + [block * widths[0]])
    tangents = values
    patches = zeros(layers.map { block * $0.places * $0.patch })
    patchTangents = patches
    weights = zeros(layers.map { $0.patch * $0.filters })
    gradients = weights
    dense = zeros(widths.map { block * $0 })
    denseTangents = dense
    denseWeights = zeros(zip(widths, widths.dropFirst()).map { $0 * $1 })
    denseGradients = denseWeights
  }

  mutating func run() {
    for start in stride(from: 0, to: images, by: block) {
      let count = min(block, images - start)
      forward(start, count)
      push(count)
      pull(count)
    }
  }

  private mutating func forward(_ start: Int, _ count: Int) {
    let size = layers[0].height * layers[0].width * layers[0].channels
    frames.withUnsafeBufferPointer { frames in
      values[0].withUnsafeMutableBufferPointer { values in
        for index in 0..<count * size { values[index] = Float(frames[start * size + index]) }
      }
    }
    for (index, layer) in layers.enumerated() {
      Self.gather(values[index], count, layer, into: &patches[index])
      Self.product(
        patches[index], weights[index], &values[index + 1], count * layer.places, layer.filters,
        layer.patch)
    }
    for index in denseWeights.indices {
      Self.product(
        index == 0 ? values[layers.count] : dense[index], denseWeights[index], &dense[index + 1],
        count, widths[index + 1], widths[index])
    }
  }

  private mutating func push(_ count: Int) {
    for (index, layer) in layers.enumerated() {
      let rows = count * layer.places
      Self.product(
        patches[index], gradients[index], &tangents[index + 1], rows, layer.filters, layer.patch)
      guard index > 0 else { continue }
      Self.gather(tangents[index], count, layer, into: &patchTangents[index])
      Self.product(
        patchTangents[index], weights[index], &tangents[index + 1], rows, layer.filters,
        layer.patch, adding: 1)
    }
    for index in denseWeights.indices {
      Self.product(
        index == 0 ? values[layers.count] : dense[index], denseGradients[index],
        &denseTangents[index + 1], count, widths[index + 1], widths[index])
      Self.product(
        index == 0 ? tangents[layers.count] : denseTangents[index], denseWeights[index],
        &denseTangents[index + 1], count, widths[index + 1], widths[index], adding: 1)
    }
  }

  private mutating func pull(_ count: Int) {
    for index in denseWeights.indices.reversed() {
      Self.transposedProduct(
        index == 0 ? values[layers.count] : dense[index], denseTangents[index + 1],
        &denseGradients[index], widths[index], widths[index + 1], count)
      if index == 0 {
        Self.productByTransposed(
          denseTangents[1], denseWeights[0], &tangents[layers.count], count, widths[0], widths[1])
      } else {
        Self.productByTransposed(
          denseTangents[index + 1], denseWeights[index], &denseTangents[index], count,
          widths[index], widths[index + 1])
      }
    }
    for (index, layer) in layers.enumerated().reversed() {
      let rows = count * layer.places
      Self.transposedProduct(
        patches[index], tangents[index + 1], &gradients[index], layer.patch, layer.filters, rows)
      guard index > 0 else { continue }
      Self.productByTransposed(
        tangents[index + 1], weights[index], &patchTangents[index], rows, layer.patch,
        layer.filters)
      Self.scatter(patchTangents[index], count, layer, into: &tangents[index])
    }
  }

  private static func product(
    _ a: [Float], _ b: [Float], _ c: inout [Float], _ m: Int, _ n: Int, _ k: Int,
    adding beta: Float = 0
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(k), b,
      Int32(n), beta, &c, Int32(n))
  }

  private static func transposedProduct(
    _ a: [Float], _ b: [Float], _ c: inout [Float], _ m: Int, _ n: Int, _ k: Int
  ) {
    // Small, so that numbers stay numbers however often it is added.
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1e-9, a, Int32(m), b,
      Int32(n), 0.5, &c, Int32(n))
  }

  private static func productByTransposed(
    _ a: [Float], _ b: [Float], _ c: inout [Float], _ m: Int, _ n: Int, _ k: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(k), b,
      Int32(k), 0, &c, Int32(n))
  }

  /// Calls a body with the beginning in the image, and in the matrix, of every row under a kernel.
  @inline(__always) private static func forEachRun(
    _ count: Int, _ layer: Layer, _ body: (_ image: Int, _ matrix: Int, _ length: Int) -> Void
  ) {
    let run = layer.kernel * layer.channels
    var place = 0
    for image in 0..<count {
      for y in 0..<layer.rows {
        for x in 0..<layer.columns {
          for dy in 0..<layer.kernel {
            let row = (image * layer.height + y * layer.stride + dy) * layer.width
            body((row + x * layer.stride) * layer.channels, place, run)
            place += run
          }
        }
      }
    }
  }

  private static func gather(
    _ images: [Float], _ count: Int, _ layer: Layer, into matrix: inout [Float]
  ) {
    images.withUnsafeBufferPointer { images in
      matrix.withUnsafeMutableBufferPointer { matrix in
        guard let source = images.baseAddress, let target = matrix.baseAddress else { return }
        forEachRun(count, layer) { memcpy(target + $1, source + $0, 4 * $2) }
      }
    }
  }

  private static func scatter(
    _ matrix: [Float], _ count: Int, _ layer: Layer, into images: inout [Float]
  ) {
    images.withUnsafeMutableBufferPointer { images in
      matrix.withUnsafeBufferPointer { matrix in
        guard let target = images.baseAddress, let source = matrix.baseAddress else { return }
        images.update(repeating: 0)
        forEachRun(count, layer) {
          let (to, from) = (target + $0, source + $1)
          for index in 0..<$2 { to[index] += from[index] }
        }
      }
    }
  }
}
