/// Which choices a state offers: the outputs of the others are replaced by a very low logit.
///
/// Finite, because differences of logits enter divergences, and ∞ − ∞ is no number; so low that e to
/// its power is exactly 0 in double precision, whatever the other logits are. An unavailable choice
/// then has probability, score and metric 0, and adds 0 to divergence and entropy.
enum ActionMask {
  /// The logit of a choice that is not there.
  static var logit: Double { -1e9 }

  /// Hides the outputs whose flags are false.
  static func apply<Number: NetworkNumber>(
    _ mask: UnsafePointer<Bool>, to outputs: UnsafeMutablePointer<Number>, count: Int
  ) {
    for index in 0..<count where !mask[index] { outputs[index] = Number(logit) }
  }

  /// Traps unless a mask fits a categorical head: every factor offers a choice, and the one taken.
  static func check<Number: NetworkNumber>(
    _ mask: [Bool], _ head: any PolicyHead, actions: [Number], rows: Int
  ) {
    guard let choices = head.choices else {
      preconditionFailure("a mask for a head without choices")
    }
    precondition(
      mask.count == rows * head.outputs, "\(mask.count) flags for \(rows) rows of \(head.outputs)")
    var place = 0
    for (index, action) in actions.enumerated() {
      precondition(
        mask[place + Int(action)],
        "row \(index / choices.count) takes action \(action), which is not available")
      place += choices[index % choices.count]
    }
  }
}
