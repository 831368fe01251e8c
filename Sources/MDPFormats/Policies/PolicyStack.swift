package import MDPCore
package import MonotoneFiles

/// Policies of one model in order, stacked in a `.npy` array of shape (policies, states, actions).
///
/// Each is read when it is asked for, so that a fault in one says nothing of those before it.
package struct PolicyStack: Sendable {
  private let array: NPYArray
  private let space: StateActionSpace
  private let configuration: MDPReaderConfiguration

  /// The advice of other readers about such an array.
  static let advice = "; several policies in one array are for audit --policies"

  /// Whether a file is a `.npy` array of three dimensions.
  static func isPresent(in input: InputBytes) -> Bool {
    guard NPYHeader.isPresent(in: input), let header = try? NPYHeader(input) else { return false }
    return header.shape.count == 3
  }

  /// The stack of a file; nil if the file is no array of three dimensions.
  ///
  /// - Throws: ``InvalidInput`` for an array of another shape, or of no policies.
  package init?(
    _ input: InputBytes, for model: MDPDocument, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) {
    guard Self.isPresent(in: input) else { return nil }
    let log = FaultLog(limit: configuration.faultLimit)
    let decoder = NPYPolicyDecoder(
      input: input, space: model.space, tolerance: configuration.rowTolerance, log: log)
    guard let array = decoder.stack() else { throw log.error(in: input) }
    self.array = array
    self.configuration = configuration
    space = model.space
  }

  /// How many there are.
  package var count: Int { array.planeCount }

  /// Reads one of them.
  ///
  /// - Throws: ``InvalidInput`` with every fault of this one.
  package func policy(_ index: Int) throws(InvalidInput) -> PolicyDocument {
    precondition(index >= 0 && index < count, "policy \(index) of \(count)")
    let log = FaultLog(limit: configuration.faultLimit)
    var builder = PolicyBuilder(space: space)
    var plane = array
    plane.plane = index
    NPYPolicyDecoder(
      input: array.input, space: space, tolerance: configuration.rowTolerance, log: log
    ).decode(plane, path: "$[\(index)]", &builder)
    guard log.isEmpty else { throw log.error(in: array.input) }
    return builder.document
  }

  /// Checks all of them, as far as is possible without their model.
  static func check(_ input: InputBytes, configuration: MDPReaderConfiguration) throws(InvalidInput)
  {
    let log = FaultLog(limit: configuration.faultLimit)
    let decoder = NPYPolicyDecoder(
      input: input, space: nil, tolerance: configuration.rowTolerance, log: log)
    if var array = decoder.stack() {
      var builder = PolicyBuilder(space: nil)
      for index in 0..<array.planeCount {
        array.plane = index
        decoder.decode(array, path: "$[\(index)]", &builder)
      }
    }
    guard log.isEmpty else { throw log.error(in: input) }
  }
}
