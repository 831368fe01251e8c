/// How many numbers the parts of a model's state have, and the bits that name them.
///
/// A step depends on positions, velocities and the accelerations that the solver of contacts starts from
/// (`qacc_warmstart`): without those, most steps differ in their last bits.
///
/// The bits up to the activations are the same in all versions. Before the warm start, version 3.6 put
/// the histories of delayed controls, of which these models have none.
struct MuJoCoLayout: Sendable {
  /// Positions, q.
  let positions: Int
  /// Velocities, v.
  let velocities: Int
  /// Controls.
  let controls: Int
  /// The mask of positions, velocities and warm start.
  let state: Int32
  /// The mask of the controls.
  let control: Int32

  /// The mask of the time.
  static let time: Int32 = 1 << 0
  /// The mask of positions and velocities.
  static let motion: Int32 = 1 << 1 | 1 << 2
  private static let activations: Int32 = 1 << 3

  /// Numbers in a state.
  var width: Int { positions + 2 * velocities }

  /// The layout of a model; nil if there is more to its state.
  init?(_ model: MuJoCoFunctions.Model, _ functions: MuJoCoFunctions) {
    func size(_ mask: Int32) -> Int { Int(functions.stateSize(model, mask)) }
    positions = size(1 << 1)
    velocities = size(1 << 2)
    let hasHistories = size(1 << 4) == 0
    let warmStart: Int32 = hasHistories ? 1 << 5 : 1 << 4
    control = warmStart << 1
    controls = size(control)
    state = Self.motion | warmStart
    guard positions > 0, size(Self.activations) == 0, size(warmStart) == velocities,
      size(Self.time) == 1
    else { return nil }
  }
}
