internal import MonotoneArithmetic
public import MDPCore
internal import MonotoneFiles

/// Writes policies as NumPy arrays: float64, shape (states, actions), C order, format version 1.0,
/// with zeros at unavailable actions and terminal states.
public enum NPYWriter {
  /// The bytes of a policy, each probability rounded to the nearest float64 number.
  public static func write(_ policy: ExactPolicy) -> [UInt8] {
    let space = policy.space
    let actionCount = space.actions.count
    var bytes = NPYHeader.bytes(type: "<f8", shape: [space.stateCount, actionCount])
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 8 * space.stateCount * actionCount))
    for state in space.states.indices {
      for pair in space.pairs(of: state) {
        let index = state * actionCount + Int(space.pairAction[pair])
        let pattern = policy[pair].doubleValue.bitPattern
        for byte in 0..<8 {
          bytes[start + 8 * index + byte] = UInt8(truncatingIfNeeded: pattern >> (8 * byte))
        }
      }
    }
    return bytes
  }
}
