import Foundation
import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

/// Files with bytes flipped, cut off or drawn at random: each is refused with a place, or is a model whose
/// every number holds what a model's must.
@Suite("Damaged files of other formats")
struct DamagedFileTests {
  static let samples: [(file: String, format: String)] = [
    ("thirds.rational.drn", "drn"), ("thirds.tra", "prism"), ("thirds.storm.tra", "storm"),
    ("thirds.pexp", "pexp"), ("frozenlake.gymnasium.json", "gymnasium"),
    ("forest.pymdptoolbox.npz", "npz"), ("forest.quantecon.npz", "npz"),
    ("thirds.POMDP", "pomdp"), ("thirds.rational.umb", "umb"), ("thirds.own-double.umb", "umb"),
    ("thirds.double.umb", "umb"),
  ]

  @Test("Damage is refused or harmless", arguments: samples)
  func damage(_ file: String, _ format: String) throws {
    let bytes = try InputBytes(path: "\(Interchange.folder)/\(file)").bytes
    var random = SplitMix(state: 17)
    var configuration = MDPReaderConfiguration()
    configuration.discount = ExactNumber(numerator: 9, denominator: 10)
    configuration.format = format
    configuration.memoryLimit = 1 << 26
    var refused = 0
    let rounds = 600
    for round in 0..<rounds {
      var damaged = bytes
      switch round % 3 {
      case 0:
        for _ in 0...random.below(3) {
          damaged[random.below(damaged.count)] ^= 1 << random.below(8)
        }
      case 1: damaged.removeLast(1 + random.below(damaged.count))
      default:
        damaged = (0..<random.below(300)).map { _ in UInt8(random.below(256)) }
        if random.below(2) == 0 {
          damaged = Array(bytes.prefix(random.below(bytes.count))) + damaged
        }
      }
      do throws(InvalidInput) {
        let document = try ModelReader.read(
          InputBytes(damaged, name: "damaged"), configuration: configuration)
        Self.check(document)
      } catch {
        refused += 1
        #expect(!error.faults.isEmpty)
      }
    }
    #expect(refused > rounds / 2, "\(refused)")
  }

  /// What every model holds.
  static func check(_ document: MDPDocument) {
    let table = document.transitions
    for pair in 0..<document.space.pairCount {
      var sum = Rational(0)
      for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
        #expect(table.probability[entry].signum > 0)
        #expect(table.nextState[entry] >= 0)
        #expect(Int(table.nextState[entry]) < document.space.stateCount)
        sum = sum + table.probability[entry].rational
      }
      #expect(sum == table.rowSum[pair]?.rational ?? Rational(1))
    }
    let initial = document.initial.reduce(Rational(0)) { $0 + $1.rational }
    #expect(initial == document.initialSum?.rational ?? Rational(1))
  }
}
