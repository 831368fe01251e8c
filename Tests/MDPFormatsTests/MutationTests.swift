import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

/// Whatever happens to a file, reading it ends with a document or with faults that have places.
@Suite("Damaged files")
struct MutationTests {
  static let originals: [String] = [
    mdpText([
      "description": #""d \u00e9 \ud834\udd1e""#, "rewards": "[1, \"1/3\", null]",
      "features": "[[1, 2e-3], [0, 1], [-5, \"7/9\"]]",
    ]),
    denseText(["rewards": "[[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], null], null]"]),
    PolicyReaderTests.text(#"{"cool": {"slow": 0.3, "fast": 0.7}, "warm": {"slow": 1}}"#),
    PolicyReaderTests.text("[[0.3, 0.7], [1, 0], null]"),
    BatchReaderTests.text(more: #""weights": [1, 0, "1/4"], "trajectories": [7, 7, 3]"#),
  ]

  private func damaged(_ original: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = original
    let tokens = [
      "null", "{", "}", "[", "]", ",", ":", "\"", "\\", "-", "1e9", "\"cool\"", "0", "[]", "{}",
    ]
    for _ in 0..<(1 + random.below(3)) {
      let place = random.below(bytes.count + 1)
      switch random.below(6) {
      case 0: bytes.removeSubrange(place...)
      case 1: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
      case 2: if place < bytes.count { bytes.remove(at: place) }
      case 3: bytes.insert(contentsOf: tokens[random.below(tokens.count)].utf8, at: place)
      case 4:
        let end = min(bytes.count, place + random.below(40))
        bytes.removeSubrange(place..<end)
      default:
        let end = min(bytes.count, place + random.below(40))
        bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.below(bytes.count + 1))
      }
    }
    return bytes
  }

  private func check(_ validation: FileValidation, _ bytes: [UInt8]) {
    let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
    for fault in validation.faults {
      #expect(fault.line >= 1 && fault.line <= lines && fault.column >= 1)
      #expect(fault.path.hasPrefix("$"))
      #expect(!fault.message.isEmpty && !fault.description.contains("\n"))
    }
    let places = validation.faults.map { $0.line * 1_000_000 + $0.column }
    #expect(places == places.sorted())
  }

  @Test("Ten thousand damaged JSON files")
  func json() throws {
    let model = try PolicyReaderTests.model()
    var random = SplitMix(state: 2)
    var valid = 0
    for round in 0..<10_000 {
      let bytes = damaged(Array(Self.originals[round % Self.originals.count].utf8), &random)
      let input = InputBytes(bytes, name: "damaged")
      let validation = Validator.validate(input, against: model)
      check(validation, bytes)
      if validation.schema == .policy { check(Validator.validate(input), bytes) }
      if validation.isValid { valid += 1 }
      // What has no fault is a batch.
      if validation.isValid, validation.schema == .batch {
        #expect(try BatchReader.read(input, for: model).count > 0)
      }
    }
    // Some survive: a digit of a reward, a letter of a description.
    #expect(valid > 50 && valid < 5_000, "\(valid)")
  }

  @Test("Two thousand damaged arrays")
  func npy() throws {
    let model = try PolicyReaderTests.model()
    var random = SplitMix(state: 3)
    for _ in 0..<2_000 {
      let bytes = damaged(NPYFile().bytes, &random)
      let input = InputBytes(bytes, name: "damaged")
      check(Validator.validate(input, against: model), [])
      check(Validator.validate(input), [])
    }
  }

  @Test("Every prefix of a file is refused")
  func prefixes() {
    for original in Self.originals {
      let bytes = Array(original.utf8)
      for count in 0..<(bytes.count - 1) where bytes[count...].contains(UInt8(ascii: "}")) {
        let validation = Validator.validate(InputBytes(bytes[..<count], name: "cut"))
        #expect(validation.faults.count == 1)
        #expect(validation.faults.first?.kind == .syntax)
      }
    }
  }
}
