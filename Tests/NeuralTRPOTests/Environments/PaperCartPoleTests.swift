import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("The paper's cart-pole")
struct PaperCartPoleTests {
  private static func after(_ force: Double, steps: Int = 1) -> CartPole.State {
    var state = CartPole.State(0.01, -0.02, 0.03, 0.04)
    var stream = RandomStream(seed: 0)
    for _ in 0..<steps {
      _ = withUnsafePointer(to: force) { PaperCartPole().step(&state, $0, &stream) }
    }
    return state
  }

  @Test("With ±10 N it is CartPole-v1", arguments: [(0.0, -10.0), (1, 10)])
  func discrete(_ action: Double, _ force: Double) {
    var state = CartPole.State(0.01, -0.02, 0.03, 0.04)
    var stream = RandomStream(seed: 0)
    for _ in 0..<8 {
      _ = withUnsafePointer(to: action) { CartPole().step(&state, $0, &stream) }
    }
    #expect(Self.after(force, steps: 8) == state)
  }

  /// By hand from Barto, Sutton & Anderson 1983 without friction: (m_c + m) ẍ = F + m l (θ̇² sin θ − θ̈ cos θ), in
  /// which the force is linear at rest upright: ẍ − (m l/(m_c + m)) θ̈ and θ̈ = −(F/(m_c + m))/(l (4/3 − m/(m_c + m))).
  @Test("A force is proportional to its push")
  func proportional() {
    func speeds(_ force: Double) -> (cart: Double, pole: Double) {
      var state = CartPole.State(0, 0, 0, 0)
      var stream = RandomStream(seed: 0)
      _ = withUnsafePointer(to: force) { PaperCartPole().step(&state, $0, &stream) }
      return (state.velocity, state.angularVelocity)
    }
    for force in [-7.5, 0, 0.25, 9] {
      let angular = -(force / 1.1) / (0.5 * (4.0 / 3 - 0.1 / 1.1))
      let linear = force / 1.1 - 0.05 / 1.1 * angular
      let found = speeds(force)
      #expect(abs(found.pole - 0.02 * angular) <= 1e-15)
      #expect(abs(found.cart - 0.02 * linear) <= 1e-15)
    }
  }

  @Test("A force beyond the limits is that of the limits")
  func limits() {
    #expect(Self.after(25) == Self.after(10) && Self.after(-1e300) == Self.after(-10))
    #expect(Self.after(9.5) != Self.after(10))
  }

  @Test("A linear policy has six parameters; it ends after 500 steps")
  func parameters() {
    let environment = PaperCartPole()
    let head = environment.actionSpace.head(fixedDeviation: nil)
    let shape = NetworkShape(
      inputs: environment.observationWidth, hidden: [], outputs: head.outputs)
    #expect(shape.parameterCount + head.parameterCount == 6)
    #expect(environment.timeLimit == 500 && PaperCartPole(timeLimit: 7).timeLimit == 7)
  }
}
