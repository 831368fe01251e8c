import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Shapes of convolutional networks")
struct ConvolutionalShapeTests {
  /// Schulman et al. 2015, App. E: four frames of 52 × 40, 33,500 parameters.
  static let paper = NetworkShape(
    .of(
      ImageShape(height: 52, width: 40, channels: 4, holdsBytes: true),
      [
        Convolution(filters: 16, kernel: 4, stride: 2),
        Convolution(filters: 16, kernel: 4, stride: 2),
      ]), hidden: [20], outputs: 8)

  @Test("The paper's network has the paper's 33,500 parameters")
  func parameters() throws {
    #expect(Self.paper.layers.map { $0.end - $0.weightStart } == [1_040, 4_112, 28_180, 168])
    #expect(Self.paper.parameterCount == 33_500)
    let convolutions = try #require(Self.paper.convolutions)
    #expect(convolutions.images.map(\.count) == [52 * 40 * 4, 25 * 19 * 16, 11 * 8 * 16])
    #expect(Self.paper.widths == [1_408, 20, 8])
    #expect(Self.paper.inputs == 8_320)
    #expect(Self.paper.blockRows == 8)
  }

  @Test("Every parameter belongs to one layer", arguments: RandomConvolutions.all)
  func layers(test: RandomConvolutions) {
    let layers = test.shape.layers
    #expect(layers.last?.end == test.shape.parameterCount)
    for (layer, next) in zip(layers, layers.dropFirst()) { #expect(layer.end == next.weightStart) }
    let dense = layers.suffix(test.shape.layerCount)
    #expect(dense.map(\.weightStart) == test.shape.weightStart)
    #expect(dense.map(\.biasStart) == test.shape.biasStart)
  }

  @Test(
    "Convolutions are written and read",
    arguments: [
      ("16x4s2", Convolution(filters: 16, kernel: 4, stride: 2)),
      ("1x1s1", Convolution(filters: 1, kernel: 1, stride: 1)),
      ("32x8s65536", Convolution(filters: 32, kernel: 8, stride: 65_536)),
    ])
  func text(text: String, one: Convolution) {
    #expect(Convolution(text) == one)
    #expect(one.description == text)
  }

  @Test("Without a stride it is 1")
  func stride() {
    #expect(Convolution("8x3") == Convolution(filters: 8, kernel: 3, stride: 1))
  }

  @Test(
    "Anything else is no convolution",
    arguments: [
      "", "16", "16x", "x4", "16x4s", "16x4s0", "0x4s2", "16x0s2", "-1x4s2", "+1x4", "16x4x2",
      "16x4s2s2", "16X4S2", " 16x4s2", "16x4s2 ", "1.5x4", "65537x1", "99999999999999999999x1",
      "٣x4",
    ])
  func badText(text: String) { #expect(Convolution(text) == nil) }

  @Test(
    "Shapes that no image passes through are refused, with the reason",
    arguments: [
      (
        [4, 4, 1], [Convolution(filters: 2, kernel: 5, stride: 1)], "expected a kernel of at most 4"
      ),
      (
        [6, 9, 1],
        [
          Convolution(filters: 2, kernel: 4, stride: 2),
          Convolution(filters: 2, kernel: 3, stride: 1),
        ], "convolution 2 (2x3s1) over 2 × 3 × 2: expected a kernel of at most 2"
      ),
      ([4, 4, 1], [Convolution(filters: 2, kernel: 2, stride: 0)], "positive filters, kernel"),
      ([4, 4, 1], [Convolution(filters: 0, kernel: 2, stride: 1)], "positive filters, kernel"),
      ([4, 4, 1], [Convolution(filters: 1, kernel: -2, stride: 1)], "positive filters, kernel"),
      ([4, 0, 1], [], "expected positive sizes"),
      ([1 << 40, 1 << 40, 1], [], "at most 2147483647"),
      ([9, 9, 1], [Convolution(filters: 1 << 40, kernel: 3, stride: 1)], "at most 2147483647"),
      (
        [9_000, 9_000, 1], [Convolution(filters: 1, kernel: 4_500, stride: 1)], "at most 2147483647"
      ),
    ] as [([Int], [Convolution], String)])
  func refusals(image: [Int], convolutions: [Convolution], words: String) {
    let image = ImageShape(height: image[0], width: image[1], channels: image[2])
    let error = #expect(throws: InvalidConvolution.self) {
      try ConvolutionalShape(image, convolutions)
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  /// With orthonormal columns or rows and gain √2 the sum of the squares is twice their number.
  @Test("Convolutions begin as dense layers from the numbers under their kernels")
  func initialisation() {
    var stream = RandomStream(seed: 3)
    let parameters = NetworkInitialisation.orthogonal(outputGain: 0.01).parameters(
      of: Self.paper, as: Double.self, stream: &stream)
    #expect(parameters.count == 33_500)
    for layer in Self.paper.layers.dropLast() {
      let squares = parameters[layer.weightStart..<layer.biasStart].reduce(0) { $0 + $1 * $1 }
      #expect(abs(squares - 2 * Double(layer.outputs)) < 1e-10)
      #expect(parameters[layer.biasStart..<layer.end].allSatisfy { $0 == 0 })
    }
    var other = RandomStream(seed: 4)
    let uniform = NetworkInitialisation.uniform.parameters(
      of: Self.paper, as: Double.self, stream: &other)
    // Over 4 · 4 · 4 inputs: in ±1/8, and close to it among so many.
    let first = uniform[..<1_040].map(abs)
    #expect(first.max().map { $0 <= 0.125 && $0 > 0.12 } == true)
  }
}
