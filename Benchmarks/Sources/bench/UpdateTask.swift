import CBareLAPACK
import Foundation
import NeuralTRPO

/// One update of a policy on a batch that the driver wrote, and the products it is made of.
///
/// The file: a line of seven integers (inputs, first and second hidden width, outputs, rows, conjugate
/// gradient iterations, and 1 for a categorical or 0 for a Gaussian policy), then observations, actions, advantages and parameters
/// as Float.
final class UpdateTask {
  private let shape: NetworkShape
  private let rows: Int
  private let observations: [Float]
  private let actions: [Float]
  private let advantages: [Float]
  private let parameters: [Float]
  private let batch: PolicyBatch<Float>
  private let iterations: Int
  private var floor: ProductFloor
  private var layerFloor: ProductFloor

  init(file: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    guard let end = data.firstIndex(of: 10) else { fatalError("no header in \(file)") }
    let header = String(decoding: data[..<end], as: UTF8.self).split(separator: " ").map {
      Int($0) ?? 0
    }
    let floats = data[(end + 1)...].withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        bytes.loadUnaligned(fromByteOffset: $0, as: Float.self)
      }
    }
    shape = NetworkShape(inputs: header[0], hidden: [header[1], header[2]], outputs: header[3])
    (rows, iterations) = (header[4], header[5])
    var rest = floats[...]
    func take(_ count: Int) -> [Float] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    observations = take(rows * shape.inputs)
    let head: any PolicyHead =
      header[6] == 1
      ? FactoredCategorical(choices: [shape.outputs]) : DiagonalGaussian(dimensions: shape.outputs)
    actions = take(rows * head.actionWidth)
    advantages = take(rows)
    parameters = take(rest.count)
    batch = PolicyBatch(shape: shape, head: head, capacity: rows)
    // Two outputs at most, and the slopes of the outputs spare products with the weights.
    floor = ProductFloor(widths: shape.widths, rows: rows, byLayers: shape.outputs > 2)
    layerFloor = ProductFloor(widths: shape.widths, rows: rows, byLayers: true)
    load()
  }

  private func load() {
    batch.load(
      observations: observations, actions: actions, advantages: advantages, parameters: parameters)
  }

  /// The whole update, from loading the batch to the accepted step: the second of two.
  func update(fisherShare: Double) -> Double {
    _ = updateOnce(fisherShare: fisherShare)
    return updateOnce(fisherShare: fisherShare)
  }

  private func updateOnce(fisherShare: Double) -> Double {
    var theta = parameters
    var record: UpdateRecord?
    let elapsed = seconds {
      load()
      record = TrustRegionUpdate.perform(
        on: &theta, batch,
        UpdateConfiguration(
          conjugateGradient: .init(iterations: iterations, tolerance: 0), damping: 0.1,
          fisherShare: fisherShare, dampsStepLength: true, backtrack: 0.8))
    }
    guard record?.outcome == .accepted, record?.trials == 1,
      record?.residualNorms.count == iterations + 1
    else { fatalError("not the update that was asked for: \(String(describing: record))") }
    return elapsed
  }

  /// One Fisher product.
  func product() -> Double {
    var result = parameters
    batch.fisherProduct(parameters, into: &result)
    return seconds { batch.fisherProduct(parameters, into: &result) }
  }

  /// The matrix products that one Fisher product makes, and nothing else.
  func bareProduct() -> Double {
    floor.run()
    return seconds { floor.run() }
  }

  /// Those of going through the layers forth and back, as one would for many outputs.
  func bareLayers() -> Double {
    layerFloor.run()
    return seconds { layerFloor.run() }
  }
}

/// The calls of sgemm that a product with Jᵀ M J makes, on blocks of rows that stay in the cache.
struct ProductFloor {
  private let widths: [Int]
  private let rows: Int
  /// Whether ḣ W and δ Wᵀ are among them.
  private let byLayers: Bool
  private var values: [[Float]]
  private var weights: [[Float]]
  private var tangents: [[Float]]
  private var gradients: [[Float]]
  private static let blockRows = 256

  init(widths: [Int], rows: Int, byLayers: Bool) {
    (self.widths, self.rows, self.byLayers) = (widths, rows, byLayers)
    values = widths.map { [Float](repeating: 0.5, count: $0 * rows) }
    tangents = widths.map { [Float](repeating: 0.5, count: $0 * Self.blockRows) }
    weights = zip(widths, widths.dropFirst()).map { [Float](repeating: 0.01, count: $0 * $1) }
    gradients = weights
  }

  mutating func run() {
    for start in stride(from: 0, to: rows, by: Self.blockRows) {
      let count = min(Self.blockRows, rows - start)
      forth(start, count)
      back(start, count)
    }
  }

  /// h Ẇ of every layer, and ḣ W of every layer but the first.
  private mutating func forth(_ start: Int, _ count: Int) {
    for layer in weights.indices {
      let (width, columns) = (widths[layer], widths[layer + 1])
      let (m, n, k) = (Int32(count), Int32(columns), Int32(width))
      values[layer].withUnsafeBufferPointer { h in
        guard let h = h.baseAddress else { return }
        cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, h + start * width, k,
          gradients[layer], n, 0, &tangents[layer + 1], n)
      }
      guard layer > 0, byLayers else { continue }
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, tangents[layer], k, weights[layer],
        n,
        1, &tangents[layer + 1], n)
    }
  }

  /// hᵀ δ of every layer, and δ Wᵀ of every layer but the first.
  private mutating func back(_ start: Int, _ count: Int) {
    for layer in weights.indices.reversed() {
      let (width, columns) = (widths[layer], widths[layer + 1])
      let (m, n, k) = (Int32(count), Int32(columns), Int32(width))
      values[layer].withUnsafeBufferPointer { h in
        guard let h = h.baseAddress else { return }
        cblas_sgemm(
          CblasRowMajor, CblasTrans, CblasNoTrans, k, n, m, 1e-9, h + start * width, k,
          tangents[layer + 1], n, 0, &gradients[layer], n)
      }
      guard layer > 0, byLayers else { continue }
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, m, k, n, 1, tangents[layer + 1], n, weights[layer],
        n, 0, &tangents[layer], k)
    }
  }
}
