import Foundation
import MonotoneProbability
import TestSupport
import Testing

@testable import NeuralTRPO

@Suite("Training from images")
struct ImageTrainingTests {
  private func trainer<Number: NetworkNumber>(
    _ configuration: TrainingConfiguration = Spotlight.configuration(),
    as type: Number.Type = Double.self
  ) -> Trainer<Number> {
    Trainer(configuration, in: Spotlight())
  }

  /// Chance earns 8 an episode of 8 steps, and knowing everything 16. A policy that did not see the image
  /// could not earn more than 8 but by luck: the mean of 100 such episodes has a deviation of 0.2. Networks
  /// this small may begin with rectifiers that are 0 wherever they look, as with seed 0, which learns nothing.
  @Test("It learns from what it sees", arguments: Activation.allCases)
  func learns(activation: Activation) throws {
    let trainer = trainer(
      Spotlight.configuration {
        $0.activation = activation
        $0.seed = 1
        $0.budget = 0.05
        $0.discount = 0
      }, as: Float.self)
    for _ in 0..<25 { _ = try trainer.advance() }
    let mean = try #require(trainer.meanReturn)
    #expect(mean > 14, "\(mean)")
  }

  @Test("A run that is resumed goes on as if it had not been stopped")
  func resumption() throws {
    let whole = trainer()
    for _ in 0..<2 { _ = try whole.advance() }
    let snapshot = whole.snapshot
    _ = try whole.advance()
    let resumed = trainer()
    try resumed.restore(snapshot)
    _ = try resumed.advance()
    #expect(resumed.parameters == whole.parameters)
    #expect(resumed.critic?.parameters == whole.critic?.parameters)
    // Of other convolutions it is another run.
    let other = trainer(Spotlight.configuration { $0.convolutions.removeLast() })
    #expect(throws: InvalidCheckpoint.self) { try other.restore(snapshot) }
  }

  @Test("Checkpoints have the weights of convolutions in their shapes, for policy and critic")
  func tensors() throws {
    let (trainer, snapshot) = { ($0, $0.snapshot) }(trainer())
    let critic = try #require(trainer.critic)
    #expect(trainer.shape.parameterCount == 76 + 51 + 78 + 28)
    #expect(critic.shape.parameterCount == 76 + 51 + 65 + 6)
    for (network, parameters) in [("policy", trainer.parameters), ("critic", critic.parameters)] {
      let first: [Double] = try snapshot.tensors.values(
        of: "\(network).0.weight", shape: [3, 3, 2, 4])
      let second: [Double] = try snapshot.tensors.values(
        of: "\(network).1.weight", shape: [2, 2, 4, 3])
      #expect(first == Array(parameters[..<72]))
      #expect(second == Array(parameters[76..<124]))
    }
    let dense: [Double] = try snapshot.tensors.values(of: "policy.2.weight", shape: [12, 6])
    #expect(dense == Array(trainer.parameters[127..<199]))
  }

  @Test(
    "Pixels may be normalised by running statistics in place of 255, and pass through no convolution"
  )
  func otherNetworks() throws {
    let normalised = trainer(Spotlight.configuration { $0.normalizesObservations = true })
    #expect(normalised.shape.convolutions?.image.holdsBytes == false)
    let plain = trainer(Spotlight.configuration { $0.convolutions = [] })
    #expect(plain.shape.widths == [84, 6, 4])
    #expect(plain.shape.convolutions?.image.holdsBytes == true)
    for one in [normalised, plain] { for _ in 0..<2 { _ = try one.advance() } }
  }

  @Test("Convolutions that do not fit the image, or meet none, are refused")
  func refusals() throws {
    func error(
      _ environment: some Environment, _ convolutions: [Convolution]
    ) -> InvalidConvolution? {
      var configuration = TrainingConfiguration()
      configuration.convolutions = convolutions
      return #expect(throws: InvalidConvolution.self) {
        try TrainingMemory(
          configuration, in: EnvironmentVector(environment, count: 1, seed: 0).spaces)
      }
    }
    let one = Convolution(filters: 4, kernel: 7, stride: 1)
    #expect(error(Spotlight(), [one])?.description.contains("at most 6") == true)
    #expect(
      error(CartPole(), [one])?.description
        == "the observations of CartPole-v1 are no images; expected none")
  }

  @Test(
    "The documentation's example in PyTorch plays the same actions",
    .enabled(if: Python.isAvailable, Python.reason),
    arguments: Activation.allCases)
  func pyTorch(activation: Activation) throws {
    let configuration = Spotlight.configuration { $0.activation = activation }
    let trainer = trainer(configuration, as: Float.self)
    for _ in 0..<3 { _ = try trainer.advance() }
    // Images as bright as can be, so that a wrong scale is seen.
    var random = RandomStream(seed: 4)
    let images = (0..<20 * trainer.shape.inputs).map { _ in Float(random.integer(below: 256)) }
    let actor = PolicyActor<Float>(shape: trainer.shape, head: trainer.head, capacity: 20)
    actor.observations.update(from: images, count: images.count)
    var actions = [Float](repeating: 0, count: 40)
    var streams: [RandomStream] = []
    actor.act(.mode, rows: 20, parameters: trainer.parameters, streams: &streams, into: &actions)
    try TemporaryFolder.with { folder in
      try trainer.snapshot.tensors.encoded().write(
        to: folder.appendingPathComponent("run.safetensors"))
      let names = configuration.convolutions.map(\.description).joined(separator: ",")
      let config = #"{"convolutions": "\#(names)", "activation": "\#(activation.rawValue)"}"#
      try Data(config.utf8).write(to: folder.appendingPathComponent("config.json"))
      try JSONEncoder().encode(images).write(to: folder.appendingPathComponent("images.json"))
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      let played = try Python.run(
        """
        import sys
        sys.path.insert(0, "\(root.path)/Tools")
        import test_pytorch_example
        test_pytorch_example.play("run.safetensors", "config.json", "images.json", [7, 6, 2], [2, 2])
        """, in: folder, as: [[Float]].self)
      #expect(played.flatMap { $0 } == actions)
      // Some of each choice, or nothing would have been compared.
      #expect(Set(actions).count == 2)
    }
  }
}
