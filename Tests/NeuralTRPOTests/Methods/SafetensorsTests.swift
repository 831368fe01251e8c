import MonotoneProbability
import Foundation
import TestSupport
import Testing

@testable import NeuralTRPO

@Suite("Safetensors")
struct SafetensorsTests {
  /// The same content as `tensors.safetensors` of the goldens.
  static let name = "quoted \"\\/\n\u{e9}\u{1F600}"
  static let metadata = [
    "text": "a \"quoted\" \\ line\n and \u{e9}\u{1F600}\u{1}"
  ]
  static let odd: [Double] = [
    1.5, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, 1.7976931348623157e308, 0.1,
  ]

  static func content() -> Safetensors {
    var file = Safetensors(file: "ours", metadata: metadata)
    file.append("matrix", [-1, -0.75, -0.5, -0.25, 0, 0.25] as [Float], shape: [2, 3])
    file.append(name, [3] as [Float])
    file.append("odd", odd)
    file.append("none", [Float](), shape: [0, 3])
    file.append("one", [2.5] as [Double], shape: [])
    return file
  }

  static func check(_ file: Safetensors) throws {
    #expect(file.metadata == metadata)
    #expect(file.tensors.count == 5)
    let content = content().tensors
    for tensor in file.tensors {
      let truth = try #require(content.first { $0.name == tensor.name })
      #expect(tensor == truth)
    }
    let odd: [Double] = try file.values(of: "odd")
    #expect(odd.map(\.bitPattern) == Self.odd.map(\.bitPattern))
  }

  @Test("Files of the Python package are read")
  func golden() throws {
    let data = try Data(
      contentsOf: TrainingGoldens.folder.appendingPathComponent("tensors.safetensors"))
    try Self.check(Safetensors(data, file: "golden"))
  }

  @Test("What was written is read; the same tensors are the same bytes, aligned")
  func roundTrip() throws {
    let data = Self.content().encoded()
    try Self.check(Safetensors(data, file: "ours"))
    #expect(data == Self.content().encoded())
    let header = try SafetensorsHeader(
      Array(data.dropFirst(8).prefix(Int(data[0]) + 256)), file: "")
    for entry in header.entries where entry.type == "F64" { #expect(entry.start % 8 == 0) }
    #expect(data[0].isMultiple(of: 8) && data[1] == 1)
    let nan: [Float] = [.nan, Float(bitPattern: 0x7F80_0001), -.nan]
    var file = Safetensors()
    file.append("nan", nan)
    let read: [Float] = try Safetensors(file.encoded(), file: "nan").values(of: "nan")
    #expect(read.map(\.bitPattern) == nan.map(\.bitPattern))
    #expect(try Safetensors(Safetensors().encoded(), file: "empty").tensors.isEmpty)
  }

  @Test("Python reads what was written", .enabled(if: Python.isAvailable, Python.reason))
  func python() throws {
    struct Seen: Decodable {
      var metadata: [String: String]
      var types: [String: String]
      var shapes: [String: [Int]]
      var bytes: [String: String]
    }
    try TemporaryFolder.with { folder in
      try Self.content().encoded().write(to: folder.appendingPathComponent("file"))
      let seen = try Python.run(
        """
        import json, safetensors
        with safetensors.safe_open("file", "numpy") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}
            print(json.dumps({
                "metadata": file.metadata(),
                "types": {n: str(t.dtype) for n, t in tensors.items()},
                "shapes": {n: t.shape for n, t in tensors.items()},
                "bytes": {n: t.tobytes().hex() for n, t in tensors.items()},
            }))
        """, in: folder, as: Seen.self)
      #expect(seen.metadata == Self.metadata)
      let content = Self.content().tensors
      #expect(seen.shapes == .init(uniqueKeysWithValues: content.map { ($0.name, $0.shape) }))
      for tensor in content {
        let (type, bits) =
          switch tensor.values {
          case .float(let values): ("float32", values.map { Self.hex($0.bitPattern) })
          case .double(let values): ("float64", values.map { Self.hex($0.bitPattern) })
          }
        #expect(seen.types[tensor.name] == type && seen.bytes[tensor.name] == bits.joined())
      }
    }
  }

  /// A header alone, or with some bytes of numbers, and what must be said of it.
  static let bad: [(header: String, bytes: Int, error: String)] = [
    ("", 0, "header: found its end, expected { at once"),
    (" {}", 0, "header: found \" {}\" at byte 0, expected { at once"),
    ("{} x", 0, "header: found \"x\" at byte 3, expected nothing more"),
    ("{}", 4, "data: found 4 bytes, expected 0 bytes"),
    ("{\"a\":1}", 0, "header: found \"1}\" at byte 5, expected {"),
    ("{\"a\":{}}", 0, "found only  in tensor \"a\", expected dtype, shape and data_offsets"),
    ("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 0, "\"dtype\" twice in tensor \"a\""),
    ("{\"a\":{\"size\":3}}", 0, "found \"size\" in tensor \"a\""),
    ("{\"__metadata__\":{\"a\":1}}", 0, "found \"1}}\" at byte 21, expected a text"),
    ("{\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"}}", 0, "two texts \"a\""),
    ("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "two entries \"__metadata__\""),
    (tensor("F32", "[1]", "[0,4]") + "x", 4, "found \"x\" at byte 53, expected , or }"),
    (
      tensor("BF16", "[2]", "[0,4]") + "}", 4,
      "tensor \"a\": found type \"BF16\", expected F32 or F64"
    ),
    (tensor("F32", "[2]", "[0,4]") + "}", 4, "tensor \"a\": found 4 bytes, expected 8 for F32"),
    (
      tensor("F32", "[1]", "[0,4]") + "}", 3,
      "found bytes 0 to 4, expected bytes from 0 to at most 3"
    ),
    (tensor("F32", "[1]", "[0,4]") + "}", 5, "data: found 5 bytes, expected 4 bytes"),
    (
      tensor("F32", "[1]", "[4,8]") + "}", 8,
      "found bytes 4 to 8, expected bytes from 0 to at most 8"
    ),
    (tensor("F32", "[1]", "[4,0]") + "}", 8, "found data_offsets [4, 0] in tensor \"a\""),
    (tensor("F32", "[1]", "[0]") + "}", 8, "found data_offsets [0] in tensor \"a\""),
    (tensor("F32", "[01]", "[0,4]") + "}", 4, "expected an integer"),
    (tensor("F32", "[-1]", "[0,4]") + "}", 4, "expected an integer"),
    (tensor("F32", "[1.0]", "[0,4]") + "}", 4, "expected , or ]"),
    (tensor("F32", "[9223372036854775808]", "[0,4]") + "}", 4, "expected an integer"),
    (tensor("F32", "[4294967296,4294967296]", "[0,4]") + "}", 4, "expected one that fits memory"),
    (
      tensor("F32", "[1]", "[0,4]")
        + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}",
      8, "tensor \"b\": found bytes 2 to 6, expected bytes from 4 to at most 8"
    ),
    ("{\"a", 0, "found \"\\\"a\" at byte 1, expected a text that ends"),
    ("{\"\\x\":{}}", 0, "expected a text in JSON"),
  ]

  private static func tensor(_ type: String, _ shape: String, _ offsets: String) -> String {
    "{\"a\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  @Test("What is wrong is said, with where, what is there and what should be")
  func faults() {
    for (header, bytes, expected) in Self.bad {
      let said = Self.fault(Self.file(header, bytes: bytes))
      #expect(said.hasPrefix("bad: ") && said.contains(expected), "\(header): \(said)")
    }
    #expect(
      Self.fault(Data(count: 7)) == "bad: header: found 7 bytes, expected 8 bytes with its length")
    #expect(
      Self.fault(Data([255, 255, 255, 255, 255, 255, 255, 255, 123]))
        == "bad: header: found a length of 18446744073709551615, expected at most 1")
  }

  @Test("A tensor that is not the one expected is an error that names both")
  func unexpected() {
    let file = Self.content()
    #expect(throws: InvalidSafetensors.self) { try file.values(of: "missing", as: Float.self) }
    #expect(
      throws: InvalidSafetensors(
        file: "ours", part: "tensor \"matrix\"", found: "shape [2, 3]", expected: "[3, 2]")
    ) { try file.values(of: "matrix", shape: [3, 2], as: Float.self) }
    #expect(
      throws: InvalidSafetensors(
        file: "ours", part: "tensor \"odd\"", found: "F64", expected: "F32")
    ) { try file.values(of: "odd", as: Float.self) }
    #expect(
      throws: InvalidSafetensors(
        file: "ours", part: "tensor \"matrix\"", found: "shape [2, 3]", expected: "a vector")
    ) { try file.values(of: "matrix", as: Float.self) }
  }

  /// Every truncation of a file, and 4,000 files with one to three bytes changed, taken away or doubled,
  /// mostly in the header.
  static func mutations() -> [Data] {
    let data = content().encoded()
    var random = RandomStream(seed: 6)
    let headerEnd = 8 + Int(data[0]) + 256 * Int(data[1])
    return (0..<data.count).map { data.prefix($0) }
      + (0..<4_000).map { _ in
        var mutation = data
        for _ in 0...random.integer(below: 3) {
          let place = min(
            random.integer(below: random.integer(below: 4) == 0 ? data.count : headerEnd),
            mutation.count - 1)
          switch random.integer(below: 4) {
          case 0: mutation[place] = UInt8(random.integer(below: 256))
          case 1: mutation[place] ^= 1 << UInt8(random.integer(below: 8))
          case 2: mutation.remove(at: place)
          default: mutation.insert(mutation[place], at: place)
          }
        }
        return mutation
      }
  }

  @Test("No bytes trap")
  func mutated() {
    var accepted = 0
    for data in Self.mutations() {
      guard let file = try? Safetensors(data, file: "mutated") else { continue }
      accepted += 1
      #expect(
        (try? Safetensors(file.encoded(), file: "again"))?.tensors.count == file.tensors.count)
    }
    // Most changes to numbers, and some to names, leave a file.
    #expect(accepted > 100 && accepted < 3_000)
  }

  @Test(
    "Whatever is accepted Python accepts too", .enabled(if: Python.isAvailable, Python.reason))
  func strict() throws {
    try TemporaryFolder.with { folder in
      let accepted = Self.mutations().filter { (try? Safetensors($0, file: "")) != nil }
      for (index, data) in accepted.enumerated() {
        try data.write(to: folder.appendingPathComponent("\(index)"))
      }
      let refused = try Python.run(
        """
        import json, safetensors
        refused = []
        for index in range(\(accepted.count)):
            try:
                safetensors.safe_open(str(index), "numpy").keys()
            except Exception as error:
                refused.append(str(index) + ": " + str(error))
        print(json.dumps(refused))
        """, in: folder, as: [String].self)
      #expect(refused == [])
    }
  }

  private static func file(_ header: String, bytes: Int) -> Data {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
      + Data(header.utf8) + Data(count: bytes)
  }

  private static func fault(_ data: Data) -> String {
    do throws(InvalidSafetensors) {
      return "\(try Safetensors(data, file: "bad").tensors.count) tensors"
    } catch {
      return "\(error)"
    }
  }

  private static func hex<Bits: FixedWidthInteger>(_ bits: Bits) -> String {
    withUnsafeBytes(of: bits.littleEndian) { bytes in
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
}
