import TRPOComparison
import MonotoneProbability
import MDPCore
import MDPFormats
import MDPSolvers
import MDPTesting
import NeuralTRPO
import RealModule
import TestSupport
import Testing

/// The theory twin's derivatives against differences of η and of the mean KL, solved for here.
@Suite(.tags(.slow)) struct ExactDerivativeTests {
  static let worlds: [TestWorld] = {
    do {
      return try [
        TestWorld(
          Garnet.generate(.init(states: 5, actions: 3, branching: 2, seed: 3)), seed: 1,
          hidden: [4]),
        TestWorld.random(12), TestWorld.random(19), TestWorld.tiny(),
      ]
    } catch { preconditionFailure("\(error)") }
  }()

  /// η by Gauss's elimination on (I − γP_π) V = r_π.
  static func expectedReturn(_ world: TestWorld, _ parameters: [Double]) -> Double {
    var policy = world.policy
    policy.parameters = parameters
    let (model, pi) = (world.environment.model, policy.probabilities)
    let live = model.space.liveStates
    var rows = live.map { _ in [Double](repeating: 0, count: live.count + 1) }
    for (row, state) in live.enumerated() {
      rows[row][row] = 1
      for pair in model.space.pairs(of: state) {
        rows[row][live.count] += pi[pair] * model.expectedReward[pair]
        for entry in model.transitions.rowStart[pair]..<model.transitions.rowStart[pair + 1] {
          let column = model.space.livePosition[Int(model.transitions.columns[entry])]
          if column >= 0 {
            rows[row][column] -= model.discount * pi[pair] * model.transitions.values[entry]
          }
        }
      }
    }
    for pivot in live.indices {
      for row in live.indices where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...live.count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return live.enumerated().reduce(0) {
      $0 + model.initial[$1.element] * rows[$1.offset][live.count] / rows[$1.offset][$1.offset]
    }
  }

  /// The size that values may have: the largest reward for ever; at least 10.
  static func scale(_ world: TestWorld) -> Double {
    let model = world.environment.model
    return max(10, model.expectedReward.map { abs($0) }.reduce(0, max) / (1 - model.discount))
  }

  static func theory(_ world: TestWorld) throws -> Twin {
    Twin(theory: try PolicyEvaluator(world.document).evaluate(world.policy.exact))
  }

  @Test(arguments: worlds.indices) func gradientIsThatOfTheReturn(_ index: Int) throws {
    let world = Self.worlds[index]
    let gradient = try Self.theory(world).batch(at: world.policy).gradient()
    let theta = world.policy.parameters
    // Differences over 1 and 2 steps leave h⁴ = 1e-12 at h = 1e-3, times fifth derivatives of η's size
    // and a few; the rounding of η, 1e-15 of its size, is divided by h.
    let step = 1e-3
    let tolerance = 1e-10 * Self.scale(world)
    for parameter in theta.indices {
      func value(_ distance: Double) -> Double {
        var moved = theta
        moved[parameter] += distance * step
        return Self.expectedReturn(world, moved)
      }
      let slope =
        (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * step)
      #expect(abs(gradient[parameter] - slope) <= tolerance)
    }
  }

  @Test(arguments: worlds.indices) func surrogateIsThePolicyAdvantage(_ index: Int) throws {
    let world = Self.worlds[index]
    let twin = try Self.theory(world)
    let batch = twin.batch(at: world.policy)
    var moved = world.policy
    for parameter in moved.parameters.indices {
      moved.parameters[parameter] += parameter.isMultiple(of: 2) ? 0.3 : -0.2
    }
    let (space, pi) = (world.document.space, moved.probabilities)
    var advantage = 0.0
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        advantage += twin.stateWeights[state] * pi[pair] * twin.advantages[pair]
      }
    }
    let values = batch.values(moved.parameters)
    // A few dozen terms below the scale of values, each rounded once or twice, some times a weight of
    // 1/(1−γ) ≤ 20.
    let tolerance = 1e-13 * Self.scale(world)
    #expect(abs(values.surrogate - advantage) <= tolerance)
    #expect(abs(batch.oldSurrogate) <= tolerance)
    #expect(
      abs(values.meanDivergence - Self.meanDivergence(world, twin, moved.parameters)) <= 1e-12)
  }

  /// E_d KL(π_θ ‖ π_θ'), as a sum of non-negative terms.
  static func meanDivergence(_ world: TestWorld, _ twin: Twin, _ parameters: [Double]) -> Double {
    var moved = world.policy
    moved.parameters = parameters
    let (space, before, after) = (
      world.document.space, world.policy.probabilities, moved.probabilities
    )
    return space.liveStates.reduce(0) { sum, state in
      sum + twin.stateWeights[state] / twin.totalWeight
        * space.pairs(of: state).reduce(0) {
          let x = (after[$1] - before[$1]) / before[$1]
          let excess =
            abs(x) < 1e-2
            ? x * x * (1 / 2 - x * (1 / 3 - x * (1 / 4 - x * (1 / 5 - x * (1 / 6 - x / 7)))))
            : x - Double.log(onePlus: x)
          return $0 + before[$1] * excess
        }
    }
  }

  @Test(arguments: worlds.indices) func fisherIsTheHessianOfTheMeanDivergence(_ index: Int) throws {
    let world = Self.worlds[index]
    let twin = try Self.theory(world)
    let batch = twin.batch(at: world.policy)
    var stream = RandomStream(seed: UInt64(index), stream: 3)
    let count = world.policy.parameters.count
    for _ in 0..<3 {
      let (u, v) = (
        (0..<count).map { _ in stream.normal() }, (0..<count).map { _ in stream.normal() }
      )
      func mixed(_ step: Double) -> Double {
        func at(_ a: Double, _ b: Double) -> Double {
          Self.meanDivergence(
            world, twin,
            world.policy.parameters.indices.map {
              world.policy.parameters[$0] + step * (a * u[$0] + b * v[$0])
            })
        }
        return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step * step)
      }
      // Richardson's step takes h² away and leaves h⁴ = 1e-12, times fourth powers of |u| + |v| ~ 10.
      let expected = (4 * mixed(5e-4) - mixed(1e-3)) / 3
      for rows in [twin.fisherRows, batch.rows] {
        var product = [Double](repeating: 0, count: count)
        batch.fisherProduct(v, rows: rows, into: &product)
        let found = zip(u, product).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(found - expected) <= 1e-7 * max(1, abs(expected)))
      }
    }
  }

  /// The whole update on exact expectations never lowers the return here, and keeps to δ.
  @Test func exactUpdatesImprove() throws {
    var world = Self.worlds[0]
    let configuration = UpdateConfiguration(budget: 1e-4, damping: 1e-8)
    var last = Self.expectedReturn(world, world.policy.parameters)
    for _ in 0..<5 {
      let twin = try Self.theory(world)
      var parameters = world.policy.parameters
      let record = TrustRegionUpdate.perform(
        on: &parameters, twin.batch(at: world.policy), twin.exactConfiguration(configuration))
      #expect(record.outcome == .accepted)
      #expect(Self.meanDivergence(world, twin, parameters) <= 1e-4)
      world.policy.parameters = parameters
      let now = Self.expectedReturn(world, parameters)
      #expect(now > last)
      last = now
    }
  }
}
