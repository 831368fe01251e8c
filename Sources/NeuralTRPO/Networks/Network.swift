/// A differentiable function of observations and parameters, and its derivatives, on batches.
///
/// A workspace for batches up to a capacity: rows go into ``inputs``, ``forward(_:rows:)`` leaves
/// ``outputs``, and the two derivatives are those at its inputs and parameters until the next forward
/// pass. They go block by block, ``NetworkShape/blocks(of:)``, so that the numbers that pass from layer
/// to layer stay in the cache; and so does everything behind the protocol, which costs a call a block.
///
/// No call allocates.
protocol Network<Number>: AnyObject {
  /// The precision.
  associatedtype Number: NetworkNumber

  /// Layers and parameter layout.
  var shape: NetworkShape { get }
  /// The most rows of a batch.
  var capacity: Int { get }
  /// Where the rows of a batch go in, row by row.
  var inputs: NetworkInputs<Number> { get }
  /// The outputs of the last forward pass, row by row.
  var outputs: NetworkBuffer<Number> { get }

  /// y for the first `rows` input rows.
  ///
  /// - Parameter parameters: ``NetworkShape/parameterCount`` numbers.
  func forward(_ parameters: UnsafeBufferPointer<Number>, rows: Int)

  /// ẏ = J v for a block of rows of the last forward pass.
  ///
  /// - Parameters:
  ///   - direction: v, laid out as parameters are.
  ///   - parameters: Those of the last forward pass.
  ///   - result: ẏ, `block.count` rows of ``NetworkShape/outputs``.
  func pushForward(
    _ direction: UnsafeBufferPointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, into result: UnsafeMutablePointer<Number>)

  /// gradient += Jᵀ u for a block of rows of the last forward pass.
  ///
  /// - Parameters:
  ///   - cotangent: u, `block.count` rows of ``NetworkShape/outputs``.
  ///   - parameters: Those of the last forward pass.
  ///   - gradient: Laid out as parameters are; added to.
  func pullBack(
    _ cotangent: UnsafePointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, addingTo gradient: UnsafeMutableBufferPointer<Number>)
}

extension NetworkShape {
  /// A workspace of a network of this shape.
  ///
  /// - Parameters:
  ///   - capacity: The most rows of a batch.
  ///   - keepsBytes: Whether inputs that are bytes are kept as bytes; they must then be set by
  ///     ``NetworkInputs/set(_:)``.
  func network<Number: NetworkNumber>(
    capacity: Int, keepsBytes: Bool = false, of type: Number.Type = Number.self
  ) -> any Network<Number> {
    guard let convolutions else { return MultilayerPerceptron<Number>(self, capacity: capacity) }
    return ConvolutionalNetwork<Number>(
      self, convolutions, capacity: capacity,
      keepsBytes: keepsBytes && convolutions.image.holdsBytes)
  }

  /// How many rows are worked on at a time.
  var blockRows: Int { convolutions?.blockRows ?? 256 }

  /// The blocks of some rows.
  func blocks(of rows: Range<Int>) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows).map {
      $0..<min($0 + blockRows, rows.upperBound)
    }
  }

  /// The blocks of a batch.
  func blocks(of rows: Int) -> [Range<Int>] { blocks(of: 0..<rows) }
}
