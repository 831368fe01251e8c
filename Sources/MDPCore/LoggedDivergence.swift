/// The KL divergence that a training program reports of an update: an observation, whatever it is.
///
/// A sampled estimate may well be negative, and a program that went wrong reports NaN or infinity.
public struct LoggedDivergence: Sendable, Equatable {
  /// The number as it was written.
  public let text: String
  /// The number in float64: negative, infinite or NaN, where it is that.
  public let number: Double

  /// A divergence from its text and its value in float64.
  public init(text: String, number: Double) {
    self.text = text
    self.number = number
  }

  /// Reads a number as programs print it: `0.01`, `-1e-9`, `NaN`, `inf`, `-Infinity`; nil for anything
  /// else.
  public init?(word: String) {
    guard let number = Double(word) else { return nil }
    self.init(text: word, number: number)
  }

  /// Why it cannot be a KL divergence; nil if it can.
  public var flaw: String? {
    if number.isNaN { return "not a number" }
    if number.isInfinite { return "infinite" }
    return number < 0 ? "negative" : nil
  }
}
