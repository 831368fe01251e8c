import Foundation
import Testing

@testable import NeuralTRPO

/// An episode as Gymnasium played it: `Tools/make_environment_goldens.py`.
struct GymnasiumEpisode: Decodable, Sendable, CustomTestStringConvertible {
  var limit: Int
  var start: [Double]
  var firstObservation: [Double]
  var actions: [Double]
  /// After each step.
  var states: [Double]
  var rewards: [Double]
  var terminated: [Bool]
  var truncated: [Bool]
  var lastObservation: [Double]

  var testDescription: String { "\(actions.count) steps from \(start)" }

  static func load(_ name: String) -> [GymnasiumEpisode] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Goldens/environments/\(name).json").standardized
    do {
      return try JSONDecoder().decode([GymnasiumEpisode].self, from: Data(contentsOf: file))
    } catch {
      fatalError("\(file.path): \(error)")
    }
  }
}

@Suite("Environments against Gymnasium")
struct GymnasiumTests {
  @Test("CartPole-v1", arguments: GymnasiumEpisode.load("CartPole-v1"))
  func cartPole(episode: GymnasiumEpisode) throws {
    try replay(episode, in: CartPole(timeLimit: episode.limit))
  }

  @Test("Pendulum-v1", arguments: GymnasiumEpisode.load("Pendulum-v1"))
  func pendulum(episode: GymnasiumEpisode) throws {
    try replay(episode, in: Pendulum(timeLimit: episode.limit))
  }

  /// The formulas are evaluated in the same order, so that what differs is at most the last bits of
  /// sines, which an unstable pole makes larger from step to step.
  private static let tolerance = 1e-12

  /// Gymnasium rounds what is seen to single precision: half a unit of 24 bits.
  private func expectSeen(_ seen: [Double], _ theirs: [Double]) {
    for (x, y) in zip(seen, theirs) { #expect(abs(x - y) <= 0x1p-24 * abs(x) + Self.tolerance) }
  }

  private func replay(_ episode: GymnasiumEpisode, in environment: some Environment) throws {
    let vector = EnvironmentVector(environment, count: 1, seed: 0)
    try vector.restore([
      SavedEnvironment(state: episode.start, time: 0, totalReward: 0, streamPosition: 0)
    ])
    let width = episode.start.count
    func seen(_ start: UnsafeMutablePointer<Double>) -> [Double] {
      Array(UnsafeBufferPointer(start: start, count: environment.observationWidth))
    }
    expectSeen(seen(vector.steps.observations), episode.firstObservation)
    for time in episode.actions.indices {
      vector.steps.actions[0] = episode.actions[time]
      vector.step()
      #expect(abs(vector.steps.rewards[0] - episode.rewards[time]) <= Self.tolerance)
      let end = vector.steps.ends[0]
      #expect((end == .terminated) == episode.terminated[time], "step \(time)")
      // Both at once is termination: nothing is worth anything after it.
      let isCut = episode.truncated[time] && !episode.terminated[time]
      #expect((end == .truncated) == isCut, "step \(time)")
      guard end == .none else { break }
      let expected = episode.states[(time * width)..<((time + 1) * width)]
      for (x, y) in zip(vector.saved[0].state, expected) {
        #expect(abs(x - y) <= Self.tolerance, "step \(time)")
      }
    }
    let last = vector.steps.ends[0] == .none
    expectSeen(
      seen(last ? vector.steps.observations : vector.steps.finalObservations),
      episode.lastObservation)
    if !last {
      let total = episode.rewards.reduce(0, +)
      #expect(vector.steps.finished.map(\.length) == [episode.actions.count])
      #expect(
        vector.steps.finished.allSatisfy {
          abs($0.totalReward - total) <= Self.tolerance * Double(episode.actions.count)
        })
    }
  }
}
