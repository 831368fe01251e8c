package import MonotoneProbability

package import NeuralTRPO

/// Five places in a row, the last the goal. Steps slip; leaping is possible from every other place.
package struct Corridor: Environment {
  package struct State: EnvironmentState {
    package var place: Int
    package var numbers: [Double] { [Double(place)] }

    package init(place: Int) { self.place = place }

    package init?(numbers: [Double]) {
      guard numbers.count == 1, let place = Int(exactly: numbers[0]) else { return nil }
      self.place = place
    }
  }

  /// What the goal is worth.
  package var prize: Double
  /// What every step costs.
  package var cost: Double

  package let id = "Corridor"

  package init(prize: Double = 1, cost: Double = 0.125) {
    self.prize = prize
    self.cost = cost
  }

  package let observationWidth = 2
  package let actionSpace = ActionSpace.discrete(choices: [3])
  package var timeLimit: Int? = 12
  package let hasUnavailableActions = true

  package func isValid(_ state: State) -> Bool { (0..<4).contains(state.place) }

  package func start(_ stream: inout RandomStream) -> State {
    State(place: stream.integer(below: 2))
  }

  /// Far from mean 0 and deviation 1.
  package func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
    observation[0] = 100 + 20 * Double(state.place)
    observation[1] = state.place.isMultiple(of: 2) ? -3 : 0
  }

  package func availability(_ state: State, into mask: UnsafeMutablePointer<Bool>) {
    for (choice, isOpen) in [true, true, state.place.isMultiple(of: 2)].enumerated() {
      mask[choice] = isOpen
    }
  }

  package func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    let slips = stream.integer(below: 4) == 0
    state.place = max(0, state.place + (slips ? 0 : [-1, 1, 2][Int(action[0])]))
    let isGoal = state.place >= 4
    return Step(reward: isGoal ? prize : -cost, isTerminal: isGoal)
  }

  /// A trainer in as many of these as its configuration says.
  package func trainer<Number: NetworkNumber>(
    _ configuration: TrainingConfiguration, as type: Number.Type = Double.self
  ) -> Trainer<Number> {
    Trainer(
      configuration,
      EnvironmentCatalogue.make(
        self, count: configuration.environments, threads: configuration.threads,
        seed: UInt64(configuration.seed)))
  }

  /// A configuration that takes no time.
  package static func configuration(
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) -> TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.environments = 3
    configuration.batch = 60
    configuration.hidden = [6]
    configuration.criticHidden = [5]
    configuration.criticEpochs = 2
    configuration.criticBatch = 16
    change(&configuration)
    return configuration
  }
}
