/// The function between the layers of a network, and its slope as a function of its value.
public enum Activation: String, Sendable, CaseIterable {
  /// h = tanh z, slope 1 − h².
  case tanh
  /// h = max(z, 0), slope 1 where h > 0, else 0.
  case relu

  /// h, element by element, in place of z.
  @inline(__always) func apply<Number: NetworkNumber>(
    _ values: UnsafeMutablePointer<Number>, count: Int
  ) {
    switch self {
    case .tanh: Number.applyTanh(values, count: count)
    case .relu: Number.applyRectifier(values, count: count)
    }
  }

  /// Multiplies values by the slopes where the function took the values h.
  @inline(__always) func multiplyBySlope<Number: NetworkNumber>(
    _ values: UnsafeMutablePointer<Number>, of h: UnsafePointer<Number>, count: Int
  ) {
    switch self {
    case .tanh: Number.multiplyBySlope(values, of: h, count: count)
    case .relu: Number.multiplyByRectifierSlope(values, of: h, count: count)
    }
  }
}
