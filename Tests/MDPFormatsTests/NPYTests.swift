import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

/// A `.npy` file, byte by byte after NumPy's format specification.
struct NPYFile {
  var version: [UInt8] = [1, 0]
  var descr = "'<f8'"
  var order = "False"
  var shape = "(3, 2)"
  var dictionary: String?
  var values: [Double] = [0.25, 0.75, 1, 0, 0, 0]
  var extra: [UInt8] = []
  var dropLast = 0

  var bytes: [UInt8] {
    let text =
      dictionary ?? "{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }"
    let wide = version[0] > 1
    let start = 6 + 2 + (wide ? 4 : 2)
    let padding = (64 - (start + text.utf8.count + 1) % 64) % 64
    let header = Array(text.utf8) + Array(repeating: 0x20, count: padding) + [0x0A]
    var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59] + version
    bytes += (0..<(wide ? 4 : 2)).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    bytes += header
    for value in values { bytes += encoded(value) }
    return (bytes + extra).dropLast(dropLast)
  }

  private func encoded(_ value: Double) -> [UInt8] {
    let little: [UInt8] =
      descr.contains("f4")
      ? (0..<4).map { UInt8(truncatingIfNeeded: Float(value).bitPattern >> (8 * $0)) }
      : (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    return descr.contains(">") ? little.reversed() : little
  }
}

@Suite("NumPy arrays as policies")
struct NPYTests {
  private func read(_ file: NPYFile) throws -> PolicyDocument {
    try PolicyReader.read(
      InputBytes(file.bytes, name: "policy.npy"), for: PolicyReaderTests.model())
  }

  @Test(
    "Every type, version and spelling of the header",
    arguments: ["<f8", ">f8", "<f4", ">f4"], [[1, 0], [2, 0], [3, 0]] as [[UInt8]])
  func types(_ type: String, _ version: [UInt8]) throws {
    for dictionary in [
      "{'descr': '\(type)', 'fortran_order': False, 'shape': (3, 2), }",
      "{'shape': (3,2,), 'fortran_order':False,'descr':\"\(type)\"}",
    ] {
      let document = try read(
        NPYFile(version: version, descr: "'\(type)'", dictionary: dictionary))
      #expect(document.policy.probabilities.map(\.description) == ["1/4", "3/4", "1"])
      #expect(document.normalised.isEmpty)
    }
  }

  @Test("Fortran order varies the state fastest")
  func fortranOrder() throws {
    let document = try read(NPYFile(order: "True", values: [0.25, 1, 0, 0.75, 0, 0]))
    #expect(document.policy.probabilities.map(\.description) == ["1/4", "3/4", "1"])
  }

  @Test("Floats are taken exactly and divided by their sum")
  func rounding() throws {
    let document = try read(NPYFile(values: [0.1, 0.9, 1, 0, -3, 0]))
    let (a, b) = (Rational(finite: 0.1), Rational(finite: 0.9))
    #expect(document.policy.probabilities == [a / (a + b), b / (a + b), Rational(1)])
    #expect(a + b != Rational(1))
    #expect(document.normalised == ["$[0]"])
    let single = try read(NPYFile(descr: "'<f4'", values: [0.1, 0.9, 1, 0, 0, 7]))
    let (c, d) = (Rational(finite: Double(Float(0.1))), Rational(finite: Double(Float(0.9))))
    #expect(single.policy.probabilities == [c / (c + d), d / (c + d), Rational(1)])
    #expect(single.normalised == ["$[0]"])
  }

  @Test("At terminal states any finite number is ignored")
  func terminalRows() throws {
    for row in [[0.5, 0.5], [-3, 7], [0, 1e308], [.leastNonzeroMagnitude, -0.0]] {
      let document = try read(NPYFile(values: [0.25, 0.75, 1, 0] + row))
      #expect(document.policy.probabilities.map(\.description) == ["1/4", "3/4", "1"])
      #expect(document.normalised.isEmpty)
    }
  }

  @Test(
    "No loop over states of no actions", arguments: ["(99999999999, 0)", "(9, 0, 0)", "(0, 2, 2)"])
  func empty(_ shape: String) {
    let file = NPYFile(shape: shape, values: [])
    let validation = Validator.validate(InputBytes(file.bytes, name: "p.npy"))
    #expect(validation.faults.map(\.kind) == [.schema])
  }

  @Test("What float32 rounds away is forgiven in float32 only")
  func tolerance() throws {
    // 2.5 units of 2⁻²⁴ off: too much for float64, within (2 + 1)·2⁻²⁴ for float32.
    let off = [0.5 + 2.5 * 0x1p-24, 0.5, 1, 0, 0, 0]
    #expect(throws: InvalidInput.self) { try read(NPYFile(values: off)) }
    _ = try read(NPYFile(descr: "'<f4'", values: [0.5 + 2 * 0x1p-24, 0.5, 1, 0, 0, 0]))
    #expect(throws: InvalidInput.self) {
      try read(NPYFile(descr: "'<f4'", values: [0.5 + 4 * 0x1p-24, 0.5, 1, 0, 0, 0]))
    }
  }

  static let values: [([Double], String, Int, String)] = [
    ([0.25, 0.5, 1, 0, 0, 0], "$[0]", 0, "sum to about 0.75"),
    ([0.25, 0.75, 0, 0, 0, 0], "$[1]", 2, "sum to about 0"),
    ([.nan, 0.75, 1, 0, 0, 0], "$[0][0]", 0, "nan for action \"slow\" in state \"cool\""),
    ([0.25, .infinity, 1, 0, 0, 0], "$[0][1]", 1, "inf for action \"fast\" in state \"cool\""),
    ([-0.25, 1.25, 1, 0, 0, 0], "$[0][0]", 0, "-0.25 for action \"slow\""),
    (
      [0.25, 0.75, 0.5, 0.5, 0, 0], "$[1][1]", 3,
      "\"fast\" in state \"warm\", which is not available"
    ),
    ([0.25, 0.75, 1, .nan, 0, 0], "$[1][1]", 3, "nan for action \"fast\" in state \"warm\""),
    ([0.25, 0.75, 1, 0, -.infinity, 0], "$[2][0]", 4, "\"over heated\", which is terminal"),
    ([0.25, 0.75, 1, 0, 0, .infinity], "$[2][1]", 5, "which is terminal"),
    ([0.25, 0.75, 1, 0, .nan, 0], "$[2][0]", 4, "write a finite number, such as 0"),
  ]

  @Test("Inadmissible numbers, with their place", arguments: values)
  func inadmissible(_ values: [Double], _ path: String, _ index: Int, _ words: String) {
    let found = faults { _ = try read(NPYFile(values: values)) }
    expect(found, at: ["1:\(128 + 8 * index + 1)"], [.value(path, words)])
  }

  static let brokenFiles: [(NPYFile, Fault.Kind, String)] = [
    (NPYFile(shape: "(2, 3)"), .schema, "shape (2, 3); expected (3, 2)"),
    (NPYFile(shape: "(6,)"), .schema, "shape (6); expected (3, 2)"),
    (NPYFile(shape: "()", values: [1]), .schema, "shape (); expected (3, 2)"),
    (NPYFile(shape: "(3, 2, 1)"), .schema, "shape (3, 2, 1)"),
    (NPYFile(descr: "'<i8'"), .schema, "type \"<i8\""),
    (NPYFile(descr: "'<f2'"), .schema, "type \"<f2\""),
    (NPYFile(descr: "'|O'"), .schema, "type \"|O\""),
    (NPYFile(descr: "[('a', '<f8')]"), .syntax, "arrays of records"),
    (NPYFile(dropLast: 1), .syntax, "47 bytes of numbers; the shape needs 6 × 8"),
    (NPYFile(dropLast: 8), .syntax, "40 bytes of numbers"),
    (NPYFile(extra: [0]), .syntax, "49 bytes of numbers"),
    (NPYFile(dropLast: 60), .syntax, "the file ends within its header"),
    (NPYFile(dropLast: 170), .syntax, "the file ends within its header"),
    (NPYFile(version: [4, 0]), .syntax, "version 4 of the .npy format"),
    (NPYFile(order: "Maybe"), .syntax, "expected True or False"),
    (NPYFile(shape: "(3, -2)"), .syntax, "expected a length"),
    (NPYFile(shape: "(3; 2)"), .syntax, "expected `)`"),
    (NPYFile(shape: "(9999999999999999999999, 2)"), .syntax, "expected a length"),
    (NPYFile(dictionary: "{'descr': '<f8', 'shape': (3, 2)}"), .syntax, "must have the keys"),
    (NPYFile(dictionary: "{'descr': '<f8', 'descr': '<f8'}"), .syntax, "repeated key \"descr\""),
    (NPYFile(dictionary: "{'descr': '<f8', 'other': '<f8'}"), .syntax, "repeated key \"other\""),
    (NPYFile(dictionary: "{'descr': '<f8"), .syntax, "without end"),
    (NPYFile(dictionary: "['descr']"), .syntax, "expected `{`"),
    (NPYFile(dictionary: "{'descr': '<f8'} x"), .syntax, "after the header's dictionary"),
    (NPYFile(dictionary: ""), .syntax, "expected `{`"),
  ]

  @Test("Broken files", arguments: brokenFiles.indices)
  func broken(_ index: Int) {
    let (file, kind, words) = Self.brokenFiles[index]
    let found = faults { _ = try read(file) }
    #expect(found.count == 1)
    #expect(found.first?.kind == kind)
    #expect(found.first?.path == "$")
    #expect(found.first?.message.contains(words) ?? false, "\(found)")
  }

  @Test("A shape whose product overflows")
  func overflow() {
    let file = NPYFile(shape: "(999999999999999999, 999999999999999999)")
    let validation = Validator.validate(InputBytes(file.bytes, name: "p.npy"))
    #expect(validation.faults.count == 1)
    #expect(validation.faults.first?.message.contains("far more") ?? false)
  }

  @Test("Without its model")
  func alone() {
    for good in [
      NPYFile(), NPYFile(values: [0.1, 0.9, 1, 0, 0, 0]),
      NPYFile(shape: "(2, 3)", values: [1, 0, 0, 0, 0, 1]),
    ] {
      let validation = Validator.validate(InputBytes(good.bytes, name: "p.npy"))
      #expect(validation.isValid, "\(validation)")
      #expect(validation.schema == nil)
    }
    let bad = NPYFile(values: [0.5, 0.4, 1, 0, .nan, .nan])
    #expect(
      Validator.validate(InputBytes(bad.bytes, name: "p.npy")).faults.map(\.path) == [
        "$[0]", "$[2][0]", "$[2][1]",
      ])
  }

  @Test("What is written is what NumPy writes")
  func writer() throws {
    let model = try PolicyReaderTests.model()
    let bytes = NPYWriter.write(.fromWeights(model.space) { $0 == 0 ? 1 : 3 })
    #expect(bytes == NPYFile(values: [0.25, 0.75, 1, 0, 0, 0]).bytes)
    #expect(bytes.count == 128 + 48)
  }
}
