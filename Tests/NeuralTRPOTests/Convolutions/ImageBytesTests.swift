import MonotoneProbability
import TestSupport
import Testing

@testable import NeuralTRPO

@Suite("Images kept as bytes")
struct ImageBytesTests {
  /// Parameters of policy and critic after three iterations.
  private func trained(
    _ configuration: TrainingConfiguration, in environments: [any VectorEnvironment]
  ) throws -> [[Double]] {
    let trainer = Trainer<Double>(configuration, environments)
    for _ in 0..<3 { _ = try trainer.advance() }
    return [trainer.parameters, try #require(trainer.critic).parameters]
  }

  /// Episodes of 8 steps in batches of 32 an environment, so that values of last observations count, too.
  private func configuration(
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) -> TrainingConfiguration {
    Spotlight.configuration {
      $0.seed = 5
      $0.fisherShare = 0.3
      change(&$0)
    }
  }

  private func shownAsNumbers(_ environment: Spotlight) -> [any VectorEnvironment] {
    (0..<2).map { EnvironmentVector(environment, count: 2, seed: 9, firstStream: 2 * UInt64($0)) }
  }

  private func shownAsBytes() -> [any VectorEnvironment] {
    (0..<2).map { BytesVector(Spotlight(), count: 2, seed: 9, firstStream: 2 * UInt64($0)) }
  }

  /// 1/255 times a byte is what the network computes from the byte.
  @Test("Bytes give the updates of the numbers that they stand for, to the last bit")
  func updates() throws {
    let bytes = try trained(configuration(), in: shownAsBytes())
    #expect(bytes == (try trained(configuration(), in: shownAsNumbers(Spotlight()))))
    let parts = try trained(
      configuration(), in: shownAsNumbers(Spotlight(holdsBytes: false)))
    #expect(bytes == parts)
    // Whole episodes rest at different times.
    let whole = configuration { $0.collection = .wholeEpisodes }
    #expect(
      try trained(whole, in: shownAsBytes())
        == (try trained(whole, in: shownAsNumbers(Spotlight(holdsBytes: false)))))
  }

  @Test("Bytes are normalised by running statistics like numbers")
  func normalised() throws {
    let normalised = configuration { $0.normalizesObservations = true }
    let bytes = try trained(normalised, in: shownAsBytes())
    #expect(bytes == (try trained(normalised, in: shownAsNumbers(Spotlight()))))
    #expect(bytes != (try trained(configuration(), in: shownAsBytes())))
  }

  @Test("A rollout keeps bytes as bytes, in the order of its rows")
  func rollout() {
    let configuration = configuration()
    let trainer = Trainer<Float>(configuration, shownAsBytes())
    let bytes = trainer.collector.collect(.steps(9), parameters: trainer.parameters)
    #expect(bytes.seen.areBytes && bytes.lastSeen.areBytes)
    #expect(bytes.seen.bytes.count == 36 * 84 && bytes.lastSeen.bytes.count == 8 * 84)
    let parts = Trainer<Float>(configuration, shownAsNumbers(Spotlight(holdsBytes: false)))
    let numbers = parts.collector.collect(.steps(9), parameters: parts.parameters)
    #expect(bytes.observations.map { Float(Double($0) / 255) } == numbers.observations)
    #expect(bytes.finalObservations.map { Float(Double($0) / 255) } == numbers.finalObservations)
    #expect(bytes.actions == numbers.actions && bytes.ends == numbers.ends)
  }

  @Test("Flags, whose largest byte is 1, reach the network as 0 and 1")
  func flags() throws {
    let image = ImageShape(height: 3, width: 3, channels: 2, holdsBytes: true, largestByte: 1)
    let shape = NetworkShape(
      try ConvolutionalShape(image, [Convolution(filters: 2, kernel: 2, stride: 1)]), hidden: [4],
      outputs: 1)
    var random = RandomStream(seed: 3)
    let critic = Critic<Double>(shape, stream: &random)
    let rows = (0..<5 * 18).map { _ in Double(random.integer(below: 2)) }
    let numbers = NetworkShape(
      try ConvolutionalShape(
        ImageShape(height: 3, width: 3, channels: 2),
        [Convolution(filters: 2, kernel: 2, stride: 1)]), hidden: [4], outputs: 1)
    let plain = Critic<Double>(shape: numbers, parameters: critic.parameters, adam: critic.adam)
    #expect(critic.values(rows) == plain.values(rows))
    #expect(Set(critic.values(rows)).count > 1)
  }

  /// The rollout and the batch of the update hold every image once; their order, where Fisher products are
  /// taken over a part of the rows, once more.
  @Test("The memory of a hundred thousand frames is that of their bytes", arguments: [1.0, 0.1])
  func memory(fisherShare: Double) throws {
    let image = ImageShape(height: 52, width: 40, channels: 4, holdsBytes: true)
    let spaces = EnvironmentSpaces(
      id: "Frames", observationWidth: 8320, image: image, actionSpace: Joystick.actionSpace)
    var configuration = configuration { $0.batch = 100_000 }
    configuration.fisherShare = fisherShare
    let copies = fisherShare < 1 ? 3.0 : 2.0
    let bytes = try TrainingMemory(configuration, in: spaces).bytes
    #expect(bytes >= copies * 832e6 && bytes < copies * 832e6 + 100e6)
    configuration.normalizesObservations = true
    #expect(try TrainingMemory(configuration, in: spaces).bytes >= 100_000 * 8320 * (8 + 4 + 4))
  }
}
