package import MonotoneProbability

package import NeuralTRPO

/// An image of bytes with a light in one of its four corners; a reward for each of two choices, of row and
/// column, that names it.
package struct Spotlight: Environment {
  package struct State: EnvironmentState {
    package var corner: Int
    package var numbers: [Double] { [Double(corner)] }

    package init(corner: Int) { self.corner = corner }

    package init?(numbers: [Double]) {
      guard numbers.count == 1, let corner = Int(exactly: numbers[0]) else { return nil }
      self.corner = corner
    }
  }

  package let id = "Spotlight"
  /// Whether the image is told to be of bytes; else it has their 255th parts.
  package var holdsBytes = true
  package var image: ImageShape? {
    ImageShape(height: 7, width: 6, channels: 2, holdsBytes: holdsBytes)
  }
  package let observationWidth = 7 * 6 * 2
  package let actionSpace = ActionSpace.discrete(choices: [2, 2])
  package var timeLimit: Int? = 8

  package init(holdsBytes: Bool = true) { self.holdsBytes = holdsBytes }

  package func isValid(_ state: State) -> Bool { (0..<4).contains(state.corner) }

  package func start(_ stream: inout RandomStream) -> State {
    State(corner: stream.integer(below: 4))
  }

  /// Dim everywhere, and 2 × 2 bright pixels in the corner, in the first channel.
  package func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
    for index in 0..<observationWidth { observation[index] = Double(index % 7) }
    let (top, left) = (state.corner / 2 * 5, state.corner % 2 * 4)
    for row in top..<top + 2 {
      for column in left..<left + 2 { observation[(row * 6 + column) * 2] = 255 }
    }
    guard !holdsBytes else { return }
    for index in 0..<observationWidth { observation[index] *= 1.0 / 255 }
  }

  package func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    let named = [state.corner / 2, state.corner % 2]
    let right = (0..<2).count { Int(action[$0]) == named[$0] }
    state = start(&stream)
    return Step(reward: Double(right), isTerminal: false)
  }

  /// A configuration that takes no time.
  package static func configuration(
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) -> TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.environments = 4
    configuration.batch = 128
    configuration.convolutions = [
      Convolution(filters: 4, kernel: 3, stride: 1), Convolution(filters: 3, kernel: 2, stride: 2),
    ]
    configuration.hidden = [6]
    configuration.criticHidden = [5]
    configuration.criticEpochs = 2
    configuration.criticBatch = 32
    change(&configuration)
    return configuration
  }
}
