/// A small multilayer perceptron in plain numbers.
public struct NetworkSample: Sendable, Equatable {
  /// Units by layer, inputs first.
  public var widths: [Int]
  /// By layer: one row an output, one column an input, then the bias.
  public var weights: [[[Double]]]
}

extension Gen {
  /// Networks of up to three layers with weights in −`size` ... `size`; all-zero weights are
  /// simplest.
  public static func network(
    inputs: Int, outputs: Int, hidden: ClosedRange<Int> = 1...4, size: Double = 2
  ) -> Generator<NetworkSample> {
    int(in: hidden).array(of: 0...2).flatMap { layers in
      let widths = [inputs] + layers + [outputs]
      let count = (1..<widths.count).reduce(0) { $0 + (widths[$1 - 1] + 1) * widths[$1] }
      return double(in: -size...size).array(of: count...count).map { numbers in
        var rest = numbers[...]
        let weights = (1..<widths.count).map { layer in
          (0..<widths[layer]).map { _ in
            let row = Array(rest.prefix(widths[layer - 1] + 1))
            rest = rest.dropFirst(row.count)
            return row
          }
        }
        return NetworkSample(widths: widths, weights: weights)
      }
    }
  }
}
