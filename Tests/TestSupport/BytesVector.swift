package import NeuralTRPO

/// Environments whose images of bytes are shown as bytes, as those of a simulator in another process are.
package final class BytesVector<E: Environment>: VectorEnvironment {
  package let steps: VectorStep
  private let numbers: EnvironmentVector<E>

  package init(_ environment: E, count: Int, seed: UInt64, firstStream: UInt64 = 0) {
    numbers = EnvironmentVector(environment, count: count, seed: seed, firstStream: firstStream)
    steps = VectorStep(
      count: count, observationWidth: environment.observationWidth, holdsBytes: true,
      actionWidth: environment.actionSpace.width)
    show()
  }

  private func show() {
    let count = steps.count * steps.observationWidth
    for index in 0..<count {
      steps.observedBytes[index] = UInt8(numbers.steps.observations[index])
      steps.finalBytes[index] = UInt8(numbers.steps.finalObservations[index])
    }
    for index in 0..<steps.count {
      (steps.rewards[index], steps.ends[index]) = (
        numbers.steps.rewards[index], numbers.steps.ends[index]
      )
    }
    steps.finished += numbers.steps.finished
    numbers.steps.finished = []
  }

  package func step() {
    numbers.steps.actions.update(from: steps.actions, count: steps.count * steps.actionWidth)
    numbers.steps.isResting.update(from: steps.isResting, count: steps.count)
    numbers.step()
    show()
  }

  package func restart() {
    numbers.restart()
    show()
  }

  package func restore(_ saved: [SavedEnvironment]) throws(SavedEnvironment.Fault) {
    try numbers.restore(saved)
    show()
  }

  package var id: String { numbers.id }
  package var observationWidth: Int { numbers.observationWidth }
  package var image: ImageShape? { numbers.image }
  package var actionSpace: ActionSpace { numbers.actionSpace }
  package var times: [Int] { numbers.times }
  package func keep(_ environments: Range<Int>) { numbers.keep(environments) }
  package var keptCount: Int { numbers.keptCount }
  package func forgetKept() { numbers.forgetKept() }
  package func branches(
    at kept: [Int], seed: UInt64, streams: [UInt64]
  ) -> any VectorEnvironment {
    numbers.branches(at: kept, seed: seed, streams: streams)
  }
  package var saved: [SavedEnvironment] { numbers.saved }
}
