/// A place to step a model in: `mjData`. Of what it held before, nothing matters once a state is put in.
final class MuJoCoSimulation: @unchecked Sendable {
  // Sendable: whoever took it from the model has it for itself.
  private let model: MuJoCoFunctions.Model
  private let data: MuJoCoFunctions.Data
  private let layout: MuJoCoLayout
  private let functions: MuJoCoFunctions

  /// A place for a model; nil where there is no memory.
  init?(
    _ model: MuJoCoFunctions.Model, _ layout: MuJoCoLayout, _ functions: MuJoCoFunctions
  ) {
    guard let data = functions.makeData(model) else { return nil }
    (self.model, self.data, self.layout, self.functions) = (model, data, layout, functions)
  }

  deinit { functions.deleteData(data) }

  /// Begins anew at positions and velocities, and writes the whole state over them.
  func begin(_ state: inout [Double]) {
    functions.resetData(model, data)
    functions.setState(model, data, state, MuJoCoLayout.motion)
    functions.forward(model, data)
    functions.getState(model, data, &state, layout.state)
  }

  /// Moves a state on by some steps under controls, which MuJoCo clamps to their ranges.
  func step(_ state: inout [Double], _ controls: UnsafePointer<Double>, times: Int) {
    functions.setState(model, data, state, layout.state)
    functions.setState(model, data, controls, layout.control)
    for _ in 0..<times { functions.step(model, data) }
    functions.getState(model, data, &state, layout.state)
  }

  /// The positions and velocities of the model's file.
  func origin() -> [Double] {
    var numbers = [Double](repeating: 0, count: layout.positions + layout.velocities)
    functions.resetData(model, data)
    functions.getState(model, data, &numbers, MuJoCoLayout.motion)
    return numbers
  }

  /// The time that one step takes from 0 to.
  func timestep() -> Double {
    var time = 0.0
    functions.resetData(model, data)
    functions.step(model, data)
    functions.getState(model, data, &time, MuJoCoLayout.time)
    return time
  }
}
