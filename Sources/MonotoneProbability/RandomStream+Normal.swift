internal import RealModule

extension RandomStream {
  /// A standard normal number.
  ///
  /// Always two draws, so that where a stream stands depends only on how often it was asked.
  /// Source: Box & Muller 1958.
  public mutating func normal() -> Double {
    // 1 − u lies in (0, 1], where the logarithm is finite.
    let radius = (-2 * Double.log(1 - uniform())).squareRoot()
    return radius * Double.cos(2 * Double.pi * uniform())
  }
}
