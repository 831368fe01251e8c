import MonotoneArithmetic
import MonotoneProbability
import Foundation
import MDPCore
import Testing

@testable import MDPTesting

@Suite("Property checks")
struct PropertyCheckTests {
  private static let configuration = PropertyConfiguration(fixedSeed: 3)

  /// The failure of a property that must have one.
  private func failure<T>(
    _ generator: Generator<T>, count: Int = 1000,
    configuration: PropertyConfiguration = Self.configuration,
    _ property: (T) throws -> Void
  ) throws -> PropertyFailure {
    do throws(PropertyFailure) {
      try propertyCheck(
        "a property", count: count, input: generator, configuration: configuration, property)
    } catch {
      return error
    }
    throw Falsified("the property holds")
  }

  @Test("Whole numbers shrink to the boundary")
  func integers() throws {
    let failure = try failure(Gen.int(in: -1000...1000)) { try expect($0 < 17) }
    #expect(failure.shrunkInput == "17")
    let negative = try self.failure(Gen.int(in: -1000...1000)) { try expect($0 > -140) }
    #expect(negative.shrunkInput == "-140")
  }

  @Test("Arrays lose what does not matter, and pairs shrink on both sides")
  func composites() throws {
    let array = try failure(Gen.int(in: 0...100).array(of: 0...20)) {
      try expect($0.reduce(0, +) < 50)
    }
    let numbers = array.shrunkInput.dropFirst().dropLast().split(separator: ",").count
    #expect(numbers == 1, "\(array.shrunkInput)")
    let pair = try failure(zip(Gen.int(in: 0...100), Gen.bool)) { try expect($0.0 < 5 || !$0.1) }
    #expect(pair.shrunkInput == "(5, true)")
    let dependent = try failure(
      Gen.int(in: 1...10).flatMap { Gen.int(in: 0...9).array(of: $0...$0) }
    ) { try expect($0.count < 3) }
    #expect(dependent.shrunkInput == "[0, 0, 0]")
    let even = try failure(Gen.int(in: 0...1000).filter { $0 % 2 == 0 }) { try expect($0 < 101) }
    #expect(even.shrunkInput == "102")
  }

  @Test("A model shrinks to one state, one action and a round reward")
  func models() throws {
    let failure = try failure(Gen.policyUpdate()) { input in
      try expect(!input.mdp.actionRewards.contains { $0 >= ExactNumber(2) })
    }
    #expect(failure.shrunkInput.contains("1 states, 1 actions, γ = 0\n"), "\(failure)")
    #expect(failure.shrunkInput.contains("reward 2\n"))
  }

  @Test("Shrinking stops at a local minimum")
  func localMinimum() throws {
    @Sendable func holds(_ input: UpdateInput) -> Bool {
      // Some state of two actions is left by π and not by π̃.
      !input.mdp.space.liveStates.contains { state in
        input.mdp.space.pairs(of: state).contains {
          input.current[$0].signum > 0 && input.candidate[$0].signum == 0
            && input.mdp.space.stateCount > 1
        }
      }
    }
    for seed in 1...5 {
      var stream = RandomStream(seed: UInt64(seed))
      var node = Gen.policyUpdate().filter { !holds($0) }.draw(&stream)
      while let simpler = node.simpler().first(where: { !holds($0.value) }) { node = simpler }
      #expect(node.simpler().allSatisfy { holds($0.value) })
      #expect(
        node.value.mdp.space.stateCount == 2 && node.value.mdp.space.pairCount <= 3, "\(node.value)"
      )
    }
  }

  @Test("A failure names the input, the seed and the replay, which gives the same input")
  func replay() throws {
    let first = try failure(Gen.policyUpdate()) { try expect($0.mdp.space.stateCount < 4) }
    let replay = try #require(first.replay)
    let again = try failure(Gen.policyUpdate(), configuration: .init(replaying: replay)) {
      try expect($0.mdp.space.stateCount < 4)
    }
    #expect(again.input == first.input && again.shrunkInput == first.shrunkInput)
    #expect("\(first)".contains("MDPTESTING_REPLAY=3:"))
    #expect("\(first)".contains("4 states, 1 actions"))
  }

  @Test("A counterexample is kept in files and comes first the next time")
  func regressions() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("regressions-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let configuration = PropertyConfiguration(fixedSeed: 3, regressions: folder)
    let kept = try failure(Gen.policyUpdate(), configuration: configuration) {
      try expect($0.mdp.space.stateCount < 3)
    }
    let stem = try #require(kept.stem)
    #expect(try UpdateInput(reading: stem).mdp.space.stateCount == 3)
    #expect(kept.command?.contains("--candidate \(stem).candidate.policy.json") == true)
    // No case is drawn: what fails comes from the file.
    let again = try failure(Gen.policyUpdate(), count: 0, configuration: configuration) {
      try expect($0.mdp.space.stateCount < 3)
    }
    #expect(again.origin == "from \(stem)" && again.replay == nil)
  }

  @Test("A property that waits is checked the same way")
  func waiting() async throws {
    await #expect(throws: PropertyFailure.self) {
      try await propertyCheck(input: Gen.int(in: 0...100), configuration: Self.configuration) {
        number in
        await Task.yield()
        try expect(number < 30)
      }
    }
  }

  @Test("What holds is not reported")
  func holds() throws {
    try propertyCheck(count: 200, input: Gen.rational(), configuration: Self.configuration) {
      number in
      try expect(number.magnitude <= Rational(10))
    }
  }
}
