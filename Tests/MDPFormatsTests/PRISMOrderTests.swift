import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import Testing

@testable import MDPFormats

@Suite("Order in explicit files")
struct PRISMOrderTests {
  @Test("Rewards find their choices in whatever order these stand")
  func rewards() throws {
    // Three states of two choices each, last first; a reward of 10 · state + choice + 1 on each.
    let choices = (0..<3).flatMap { state in (0..<2).map { (state, $0) } }
    func file(_ order: [(Int, Int)]) throws -> MDPDocument {
      var text = "# Transitions\n3 6 6\n"
      for (state, choice) in order {
        text += "\(state) \(choice) \((state + 1) % 3) 1\n"
      }
      text += "# Labels\n0=\"init\"\n0: 0\n# Reward structure \"r\"\n# Transition rewards\n3 6 6\n"
      for (state, choice) in choices {
        text += "\(state) \(choice) \((state + 1) % 3) \(10 * state + choice + 1)\n"
      }
      var configuration = MDPReaderConfiguration()
      configuration.discount = ExactNumber(numerator: 1, denominator: 2)
      return try ModelReader.read(
        InputBytes(Array(text.utf8), name: "order.pexp"), configuration: configuration)
    }
    let (straight, reversed) = (try file(choices), try file(choices.reversed()))
    #expect(straight.actionRewards.map(\.rational) == [1, 2, 11, 12, 21, 22].map { Rational($0) })
    #expect(reversed.actionRewards == straight.actionRewards)
    #expect(reversed.transitions == straight.transitions)
  }
}
