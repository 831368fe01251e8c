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
      switch round % 4 {
      case 0:
        for _ in 0...random.below(3) {
          damaged[random.below(damaged.count)] ^= 1 << random.below(8)
        }
      case 1: damaged.removeLast(1 + random.below(damaged.count))
      case 2: damaged = Self.rearranged(bytes, &random)
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
    #expect(refused > rounds / 3, "\(refused)")
  }

  /// Numbers that fit nowhere, or only somewhere else.
  private static let numbers = [
    "0", "-1", "7", "1e309", "1e-400", "nan", "99999999999999999999", "2/0", "",
  ]

  /// A line moved, doubled or left out, and perhaps one of its words replaced.
  private static func rearranged(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for _ in 0...random.below(2) {
      let taken = random.below(lines.count)
      var line = lines[taken]
      if random.below(2) == 0 {
        var words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        let number = numbers[random.below(numbers.count)]
        words[random.below(words.count)] = ArraySlice(number.utf8)
        line = ArraySlice(words.joined(separator: [UInt8(ascii: " ")]))
      }
      if random.below(2) == 0 { lines.remove(at: taken) }
      lines.insert(line, at: random.below(lines.count + 1))
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
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
