internal import MonotoneArithmetic
public import MDPCore

/// Writes policies as NumPy arrays: float64, shape (states, actions), C order, format version 1.0,
/// with zeros at unavailable actions and terminal states.
public enum NPYWriter {
  /// The bytes of a policy, each probability rounded to the nearest float64 number.
  public static func write(_ policy: ExactPolicy) -> [UInt8] {
    let space = policy.space
    let actionCount = space.actions.count
    var bytes = header(rows: space.stateCount, columns: actionCount)
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

  private static func header(rows: Int, columns: Int) -> [UInt8] {
    let dictionary =
      "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    // The numbers start at a multiple of 64; spaces and one newline fill up to there.
    let unpadded = 10 + dictionary.utf8.count + 1
    let padding = (64 - unpadded % 64) % 64
    let length = dictionary.utf8.count + padding + 1
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(dictionary.utf8) + Array(repeating: 0x20, count: padding) + [0x0A]
  }
}
