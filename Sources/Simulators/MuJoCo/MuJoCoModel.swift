internal import MonotoneFiles
internal import Synchronization

/// A model that MuJoCo compiled, and simulations of it.
///
/// The model does not change, so that threads share it. Each thread has a simulation of its own: one is
/// taken from those that are idle for each step, and made where none is.
final class MuJoCoModel: @unchecked Sendable {
  // Sendable: the model is not written to after it was loaded.
  /// The library that compiled it.
  let library: MuJoCoLibrary
  /// The parts of a state, and where they stand.
  let layout: MuJoCoLayout
  /// The time between two steps of the physics, in seconds.
  let timestep: Double
  /// The positions, then the velocities, that the model's file gives.
  let origin: [Double]
  private let pointer: MuJoCoFunctions.Model
  private let idle: Mutex<[MuJoCoSimulation]>

  /// The model of an XML file.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure``, with what MuJoCo has to say about the file.
  init(_ file: String, _ library: MuJoCoLibrary) throws(RunFailure) {
    guard FileSystem.exists(file) else {
      throw RunFailure(
        "\(file): no such file; gymnasium 1.0 or later has it\n  \(PythonPackages.remedy)",
        .unreadable)
    }
    var message = [CChar](repeating: 0, count: 1024)
    let room = Int32(message.count)
    guard
      let pointer = MuJoCoTrouble.loading({ library.functions.loadXML(file, nil, &message, room) })
    else {
      let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw RunFailure(
        "\(file): MuJoCo \(library.version) refuses the model: "
          + String(decoding: bytes, as: UTF8.self).trimmed, .badData)
    }
    guard let layout = MuJoCoLayout(pointer, library.functions),
      let simulation = MuJoCoSimulation(pointer, layout, library.functions)
    else {
      library.functions.deleteModel(pointer)
      throw RunFailure(
        "\(file): the state of this model in MuJoCo \(library.version) is not positions, velocities "
          + "and warm start; expected MuJoCo 3\n  \(PythonPackages.remedy)", .badData)
    }
    (self.library, self.layout, self.pointer) = (library, layout, pointer)
    (origin, timestep) = (simulation.origin(), simulation.timestep())
    idle = Mutex([simulation])
  }

  deinit {
    idle.withLock { $0 = [] }
    library.functions.deleteModel(pointer)
  }

  /// Works with a simulation that nobody else works with.
  @inline(__always) func withSimulation<R>(_ body: (MuJoCoSimulation) -> R) -> R {
    let simulation = idle.withLock { $0.popLast() } ?? another()
    defer { idle.withLock { $0.append(simulation) } }
    return body(simulation)
  }

  private func another() -> MuJoCoSimulation {
    guard let simulation = MuJoCoSimulation(pointer, layout, library.functions) else {
      MuJoCoTrouble.end("there is no memory for another simulation")
    }
    return simulation
  }
}
