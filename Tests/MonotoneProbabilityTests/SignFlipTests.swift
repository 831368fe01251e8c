import Foundation
import Testing

@testable import MonotoneProbability

/// The test of signs and Holm's adjustment against `Tools/make_permutation_goldens.py`.
@Suite("Test of signs")
struct SignFlipTests {
  private struct Goldens: Decodable {
    struct Signs: Decodable {
      var differences: [Double]
      var greater: Double
      var different: Double
    }

    struct Family: Decodable {
      var probabilities: [Double]
      var adjusted: [Double]
    }

    var signs: [Signs]
    var families: [Family]

    static func read() throws -> Goldens {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .appendingPathComponent("Goldens/statistics/permutations.json")
      return try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: file))
    }
  }

  @Test("Probabilities are SciPy's, ties by rounding included")
  func scipy() throws {
    for golden in try Goldens.read().signs {
      let test = SignFlipTest(golden.differences)
      #expect(test.probability(.greater) == golden.greater, "\(golden.differences)")
      #expect(test.probability(.different) == golden.different, "\(golden.differences)")
    }
  }

  @Test("Adjusted probabilities are those of the definition")
  func holm() throws {
    for family in try Goldens.read().families {
      for (found, expected) in zip(HolmAdjustment.adjusted(family.probabilities), family.adjusted) {
        #expect(abs(found - expected) <= 1e-15, "\(family.probabilities)")
      }
    }
  }

  /// Of n positive differences one choice of signs in 2ⁿ gives so much; of n − 1, and a smaller negative one, two.
  @Test("Twenty pairs and forty are counted", arguments: [20, 40])
  func many(_ count: Int) {
    let all = (1...count).map { 1 + Double($0) / 64 }
    #expect(SignFlipTest(all).probability(.greater) == 1 / Double(1 << count))
    #expect(SignFlipTest([-0.25] + all.dropFirst()).probability(.greater) == 2 / Double(1 << count))
    #expect(SignFlipTest(all.map { -$0 }).probability(.greater) == 1)
  }

  /// Under exchangeable signs at most a share α of all sign choices has a probability of α or less, for every α.
  @Test("No level is exceeded")
  func level() {
    let sizes = [0.5, 1.25, 2, 3.5, 4, 4.75, 6, 9]
    let found = (0..<1 << sizes.count).map { choice in
      SignFlipTest(sizes.enumerated().map { choice >> $0 & 1 == 0 ? $1 : -$1 })
    }
    for alternative in [SignFlipTest.Alternative.greater, .different] {
      let probabilities = found.map { $0.probability(alternative) }
      for level in probabilities {
        #expect(probabilities.count { $0 <= level } <= Int((level * 256).rounded()))
      }
    }
  }
}
