import Testing

@testable import NeuralTRPO

@Suite("Joystick")
struct JoystickTests {
  /// The Arcade Learning Environment's names in its order.
  private static let names = [
    "NOOP", "FIRE", "UP", "RIGHT", "LEFT", "DOWN", "UPRIGHT", "UPLEFT", "DOWNRIGHT", "DOWNLEFT",
    "UPFIRE", "RIGHTFIRE", "LEFTFIRE", "DOWNFIRE", "UPRIGHTFIRE", "UPLEFTFIRE", "DOWNRIGHTFIRE",
    "DOWNLEFTFIRE",
  ]

  @Test("Choices and numbers of actions, by their names")
  func numbers() {
    var seen: Set<Int> = []
    for (vertical, up) in ["", "UP", "DOWN"].enumerated() {
      for (horizontal, right) in ["", "RIGHT", "LEFT"].enumerated() {
        for (button, fire) in ["", "FIRE"].enumerated() {
          let name = up + right + fire
          let number = Joystick.number(
            vertical: vertical, horizontal: horizontal, button: button)
          #expect(Self.names[number] == (name.isEmpty ? "NOOP" : name))
          seen.insert(number)
        }
      }
    }
    #expect(seen == Set(0..<18))
  }

  @Test("A policy over them has 8 outputs, an action 3 numbers")
  func head() {
    let head = Joystick.actionSpace.head(fixedDeviation: nil)
    #expect(head.outputs == 8)
    #expect(head.actionWidth == 3)
    #expect(head.choices == [3, 3, 2])
  }
}
