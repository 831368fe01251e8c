import MonotoneArithmetic
import MonotoneFiles
import TRPOComparison
import MonotoneProbability
import MDPCore
import MDPFormats
import MDPSolvers
import MDPTesting
import NeuralTRPO
import RealModule

/// A model, a policy of it and a critic, drawn from a seed.
struct TestWorld {
  let document: MDPDocument
  let environment: SampledMDP
  var policy: NetworkPolicy
  let critic: [Double]

  /// - Parameters:
  ///   - hidden: The network's hidden widths.
  ///   - spread: How far parameters are from 0.
  init(
    _ document: MDPDocument, seed: UInt64, hidden: [Int] = [], spread: Double = 0.5,
    timeLimit: Int? = nil
  ) throws {
    var stream = RandomStream(seed: seed, stream: 77)
    self.document = document
    environment = SampledMDP(try FloatMDP(document), timeLimit: timeLimit)
    let states = ObservedStates(environment)
    let shape = NetworkShape(
      inputs: states.width, hidden: hidden, outputs: document.space.actions.count)
    policy = NetworkPolicy(
      states, shape: shape,
      parameters: (0..<shape.parameterCount).map { _ in spread * stream.normal() })
    // Terminal states too: nobody must ever ask for those.
    critic = document.space.states.indices.map { _ in stream.normal() }
  }

  /// A world that episodes begin in, of small random models of every kind.
  static func random(
    _ seed: UInt64, discount: ModelConfiguration.Discount = .init(9, 10), timeLimit: Int? = nil
  ) throws -> TestWorld {
    var configuration = ModelConfiguration()
    configuration.states = 2...5
    configuration.actions = 2...3
    configuration.discounts = [discount]
    configuration.kinds = [.garnet, .episodic, .episodic, .unavailable, .dense, .chain]
    var stream = RandomStream(seed: seed)
    while true {
      let document = Gen.mdp(configuration).draw(&stream).value
      let model = try FloatMDP(document)
      if document.space.liveStates.contains(where: { model.initial[$0] > 0 }) {
        return try TestWorld(document, seed: seed, timeLimit: timeLimit)
      }
    }
  }

  /// Two live states, a terminal one that both may lead to, two actions.
  static func tiny(timeLimit: Int? = nil) throws -> TestWorld {
    try TestWorld(
      MDPReader.read(
        InputBytes(
          """
          {"schema": "monotone/mdp/v1", "name": "tiny", "discount": 0.9,
           "states": ["a", "b", "end"], "actions": ["x", "y"],
           "initial": {"a": 0.6, "b": 0.3, "end": 0.1}, "terminal": ["end"],
           "transitions": [
            {"from": "a", "action": "x", "to": {"a": 0.5, "b": 0.3, "end": 0.2}, "reward": 1},
            {"from": "a", "action": "y", "to": {"b": 1}, "reward": -0.5},
            {"from": "b", "action": "x", "to": {"a": 0.7, "end": 0.3}, "reward": 2},
            {"from": "b", "action": "y", "to": {"a": 0.1, "b": 0.9}, "reward": 0.25}]}
          """, name: "tiny.json")), seed: 4, timeLimit: timeLimit)
  }

  /// Two states that are left for each other one time in twenty, for ever: rows of a trajectory hang
  /// together for long.
  static func sticky() throws -> TestWorld {
    try TestWorld(
      MDPReader.read(
        InputBytes(
          """
          {"schema": "monotone/mdp/v1", "name": "sticky", "discount": 0.9,
           "states": 2, "actions": ["x", "y"], "initial": [0.5, 0.5],
           "transitions": [[[0.95, 0.05], [0.9, 0.1]], [[0.05, 0.95], [0.02, 0.98]]],
           "rewards": [[1, 0.5], [-1, 0]]}
          """, name: "sticky.json")), seed: 9)
  }

  /// Five rungs to climb and one reward at the top; what an action is worth depends on all that follow.
  static func ladder() throws -> TestWorld {
    let document = try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "ladder", "discount": 0.9,
         "states": ["0", "1", "2", "3", "4", "end"], "actions": ["climb", "jump"],
         "initial": {"0": 1}, "terminal": ["end"],
         "transitions": [
          {"from": "0", "action": "climb", "to": {"1": 1}},
          {"from": "1", "action": "climb", "to": {"2": 1}},
          {"from": "2", "action": "climb", "to": {"3": 1}},
          {"from": "3", "action": "climb", "to": {"4": 1}},
          {"from": "4", "action": "climb", "to": {"end": 1}, "reward": 10},
          {"from": "0", "action": "jump", "to": {"end": 1}},
          {"from": "1", "action": "jump", "to": {"end": 1}},
          {"from": "2", "action": "jump", "to": {"end": 1}},
          {"from": "3", "action": "jump", "to": {"end": 1}},
          {"from": "4", "action": "jump", "to": {"end": 1}}]}
        """, name: "ladder.json"))
    var world = try TestWorld(document, seed: 3, spread: 0.3)
    // Rungs are climbed with probability 0.8 or so, each with another.
    world.policy.parameters[world.policy.parameters.count - 2] = 1.5
    return world
  }

  /// Three states, and actions of two bits each.
  static func bits() throws -> TestWorld {
    try TestWorld(
      MDPReader.read(
        InputBytes(
          """
          {"schema": "monotone/mdp/v1", "name": "bits", "discount": 0.9,
           "states": 3, "actions": ["00", "01", "10", "11"], "initial": [1, 0, 0],
           "transitions": [
            [[0.5, 0.5, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]],
            [[0, 0.5, 0.5], [0, 0, 1], [1, 0, 0], [0, 1, 0]],
            [[0.5, 0, 0.5], [1, 0, 0], [0, 1, 0], [0, 0, 1]]]}
          """, name: "bits.json")), seed: 6)
  }

  /// The policy over joint actions that a linear network of two bits with these parameters makes.
  func joint(_ bits: [Double]) -> NetworkPolicy {
    var joint = policy
    let inputs = policy.states.width
    for row in 0...inputs {
      for action in 0..<4 {
        joint.parameters[row * 4 + action] =
          bits[row * 4 + action / 2] + bits[row * 4 + 2 + action % 2]
      }
    }
    return joint
  }
}
