/// The joystick of a game console as three independent choices: vertical, horizontal, and the button.
///
///     vertical: centre, up, down    horizontal: centre, right, left    button: released, pressed
///
/// A policy over them has 3 + 3 + 2 = 8 outputs and reaches all 18 actions of the Arcade Learning
/// Environment's full set, which it numbers NOOP, FIRE, UP, RIGHT, LEFT, DOWN, UPRIGHT, UPLEFT, DOWNRIGHT,
/// DOWNLEFT, and then the last eight with the button pressed.
///
/// Source: Schulman et al. 2015, App. E; the order is that of the Arcade Learning Environment's `Action`.
package enum Joystick {
  /// The number of choices of each part.
  package static let choices = [3, 3, 2]

  /// The space of such actions.
  package static var actionSpace: ActionSpace { .discrete(choices: choices) }

  /// The number of an action in the Arcade Learning Environment's full set.
  ///
  /// - Precondition: each choice is one of its part's.
  package static func number(vertical: Int, horizontal: Int, button: Int) -> Int {
    let released = directions[vertical][horizontal]
    precondition((0...1).contains(button), "the button is 0 or 1, not \(button)")
    guard button == 1 else { return released }
    // The centre's own, or as many numbers on as there are directions.
    return released == 0 ? 1 : released + 8
  }

  /// Numbers with the button released, by vertical and horizontal choice.
  private static let directions = [
    [0, 3, 4],
    [2, 6, 7],
    [5, 8, 9],
  ]
}
