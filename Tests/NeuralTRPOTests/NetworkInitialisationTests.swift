import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Network initialisation")
struct NetworkInitialisationTests {
  /// Narrower, wider, square, and single columns.
  static let shape = NetworkShape(inputs: 3, hidden: [40, 40, 7], outputs: 1)

  /// After two rounds of Gram–Schmidt products of different vectors of length n are below 2 n ulp, as
  /// are those that the test computes; each weight is rounded to its type and by its gain, which
  /// moves a product of unit vectors by at most another 4 ulp of the type.
  private static func bound<Number: NetworkNumber>(_ length: Int, _ type: Number.Type) -> Double {
    4 * Double(length) * Double.ulpOfOne + 4 * Double(Number.ulpOfOne)
  }

  private static func check<Number: NetworkNumber>(
    _ shape: NetworkShape, _ type: Number.Type, seed: UInt64 = 5
  ) {
    let (hidden, last) = (2.0.squareRoot(), 0.01)
    var stream = RandomStream(seed: seed)
    let parameters = NetworkInitialisation.orthogonal(outputGain: last).parameters(
      of: shape, as: type, stream: &stream)
    #expect(parameters.count == shape.parameterCount)
    for layer in 0..<shape.layerCount {
      let (rows, columns) = (shape.widths[layer], shape.widths[layer + 1])
      let gain = layer == shape.layerCount - 1 ? last : hidden
      func weight(_ row: Int, _ column: Int) -> Double {
        Double(parameters[shape.weightStart[layer] + row * columns + column]) / gain
      }
      let (count, length) = (min(rows, columns), max(rows, columns))
      for a in 0..<count {
        for b in 0...a {
          let product = (0..<length).reduce(0.0) {
            $0 + (rows >= columns ? weight($1, a) * weight($1, b) : weight(a, $1) * weight(b, $1))
          }
          #expect(abs(product - (a == b ? 1 : 0)) <= bound(length, type))
        }
      }
      let biases = parameters[shape.biasStart[layer]...].prefix(columns)
      #expect(biases.allSatisfy { $0 == 0 })
    }
  }

  @Test("The shorter side of every orthogonal weight matrix is orthonormal, times its gain")
  func orthonormal() {
    Self.check(Self.shape, Double.self)
    Self.check(Self.shape, Float.self)
    // Among this many square matrices some are nearly singular, and one round would not do.
    for seed in UInt64(0)..<300 {
      Self.check(NetworkShape(inputs: 8, hidden: [], outputs: 8), Double.self, seed: seed)
    }
  }

  /// 2 × 2 orthogonal matrices are rotations and reflections by an angle; each must be equally likely
  /// in 2 × 8 classes. With 15 degrees of freedom χ² > 44.3 happens once in 10,000 seeds.
  @Test("Orthogonal weights have no favourite direction")
  func haar() {
    var counts = [Int](repeating: 0, count: 16)
    let shape = NetworkShape(inputs: 2, hidden: [], outputs: 2)
    for seed in 0..<1_600 {
      var stream = RandomStream(seed: UInt64(seed), stream: 3)
      let w = NetworkInitialisation.orthogonal(outputGain: 1).parameters(
        of: shape, as: Double.self, stream: &stream)
      // Which of eight octants the first column points to, by three signs.
      let octant =
        (w[0] > 0 ? 1 : 0) + (w[2] > 0 ? 2 : 0) + (abs(w[0]) > abs(w[2]) ? 4 : 0)
      counts[octant + (w[0] * w[3] > w[1] * w[2] ? 8 : 0)] += 1
    }
    let statistic = counts.reduce(0.0) { $0 + Double(($1 - 100) * ($1 - 100)) / 100 }
    #expect(statistic < 44.3, "\(counts)")
  }

  /// 20 classes between the bounds: with 19 degrees of freedom χ² > 50.8 happens once in 10,000.
  @Test("Uniform parameters fill ±1/√inputs evenly, biases among them")
  func uniform() {
    let shape = NetworkShape(inputs: 16, hidden: [], outputs: 500)
    var stream = RandomStream(seed: 8)
    let parameters = NetworkInitialisation.uniform.parameters(
      of: shape, as: Double.self, stream: &stream)
    var counts = [Int](repeating: 0, count: 20)
    for value in parameters {
      #expect(abs(value) <= 0.25)
      counts[min(19, Int(clamping: (value + 0.25) * 40))] += 1
    }
    let expected = Double(shape.parameterCount) / 20
    let statistic = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) }
    #expect(statistic / expected < 50.8, "\(counts)")
  }

  @Test("A stream gives one network, rounded in Float")
  func reproducible() {
    for initialisation in [NetworkInitialisation.uniform, .orthogonal(outputGain: 1)] {
      var (first, second) = (RandomStream(seed: 1), RandomStream(seed: 1))
      let doubles = initialisation.parameters(of: Self.shape, as: Double.self, stream: &first)
      let floats = initialisation.parameters(of: Self.shape, as: Float.self, stream: &second)
      #expect(doubles.map(Float.init) == floats)
    }
  }
}
