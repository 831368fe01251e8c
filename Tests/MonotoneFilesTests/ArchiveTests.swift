import Foundation
import TestSupport
import Testing

@testable import MonotoneFiles

@Suite("Archives")
struct ArchiveTests {
  static let texts: [[UInt8]] = [
    [], Array("short".utf8), Array(repeating: 7, count: 100_000),
    (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2_654_435_761 >> 7) },
  ]

  @Test("Compressed bytes expand to what they were", arguments: texts.indices)
  func roundTrips(_ text: Int) throws {
    let bytes = Self.texts[text]
    for compression in Compression.allCases {
      let packed = InputBytes(compression.compress(bytes), name: "packed")
      guard Compression.of(packed) == compression else { continue }
      #expect(try Compression.expand(packed, memory: 1 << 30).bytes == bytes)
    }
    var zip = ZipWriter()
    zip.add("a.npy", bytes)
    zip.add("b.npy", Array("b".utf8))
    let archive = try ZipArchive(InputBytes(try zip.finish(), name: "zip"), memory: 1 << 30)
    #expect(archive.members.map(\.name) == ["a.npy", "b.npy"])
    #expect(try archive.contents(of: archive.members[0]).bytes == bytes)
    var tar = TarWriter()
    tar.add("folder/a.bin", bytes)
    tar.add("b.bin", [1])
    let read = try TarArchive(InputBytes(tar.finish(), name: "tar"))
    let member = try #require(read.members["folder/a.bin"])
    #expect(Array(read.input.buffer[member.range]) == bytes)
  }

  @Test("What unpacks to more than any model does is refused")
  func bombs() throws {
    let zeros = [UInt8](repeating: 0, count: 100 << 20)
    for compression in [Compression.gz, .xz] {
      let packed = InputBytes(compression.compress(zeros), name: "bomb")
      #expect(packed.count < 1 << 18)
      let fault = #expect(throws: ArchiveFault.self) {
        try Compression.expand(packed, memory: 1 << 40)
      }
      #expect(fault?.message.contains("MiB") == true)
    }
    // The directory's sizes are believed only within the limit.
    var zip = ZipWriter()
    zip.add("a.npy", [1, 2, 3])
    var bytes = try zip.finish()
    let directory = try #require(Self.find([0x50, 0x4B, 1, 2], in: bytes))
    bytes.replaceSubrange((directory + 24)..<(directory + 28), with: [0, 0, 0, 0x70])
    #expect(throws: ArchiveFault.self) {
      try ZipArchive(InputBytes(bytes, name: "zip"), memory: 1 << 40)
    }
    // Deflated bytes that hold more than the directory says.
    var large = ZipWriter()
    large.add("a.npy", [UInt8](repeating: 0, count: 1 << 20))
    bytes = try large.finish()
    let entry = try #require(Self.find([0x50, 0x4B, 1, 2], in: bytes))
    bytes.replaceSubrange((entry + 24)..<(entry + 28), with: [0, 1, 0, 0])
    let lying = try ZipArchive(InputBytes(bytes, name: "zip"), memory: 1 << 30)
    #expect(throws: ArchiveFault.self) { try lying.contents(of: lying.members[0]) }
  }

  @Test("What does not fit is refused with its name, before it is deflated and after")
  func overflow() throws {
    // One member of the limit; two below it that are too large together; deflated, they fit.
    for (count, compresses, excess) in [
      (1000, true, "a.npy"), (600, false, "b.npy"), (600, true, nil as String?),
    ] {
      var zip = ZipWriter(limit: 1000)
      for name in ["a.npy", "b.npy", "c.npy"].prefix(excess == nil ? 2 : 3) {
        zip.add(name, [UInt8](repeating: 0, count: count), compresses: compresses)
      }
      var found: String?
      do throws(ArchiveOverflow) { #expect(try zip.finish().count < 1000) } catch {
        found = error.member
      }
      #expect(found == excess)
    }
  }

  @Test("Damaged bytes are noticed")
  func damage() throws {
    var zip = ZipWriter()
    zip.add("a.npy", Array("some text that is stored".utf8))
    var bytes = try zip.finish()
    bytes[40] ^= 1
    let archive = try ZipArchive(InputBytes(bytes, name: "zip"), memory: 1 << 30)
    #expect(throws: ArchiveFault.self) { try archive.contents(of: archive.members[0]) }
    var tar = TarWriter()
    tar.add("a.bin", [1, 2, 3])
    var damaged = tar.finish()
    damaged[3] ^= 1
    #expect(throws: ArchiveFault.self) { try TarArchive(InputBytes(damaged, name: "tar")) }
    let cut = Array(tar.finish().prefix(1024))
    #expect(throws: ArchiveFault.self) { try TarArchive(InputBytes(cut, name: "tar")) }
    for compression in [Compression.gz, .xz] {
      let packed = compression.compress(Array(repeating: 3, count: 5000))
      for count in [packed.count - 1, packed.count / 2, 20] {
        #expect(throws: ArchiveFault.self) {
          try Compression.expand(
            InputBytes(packed.prefix(count), name: "cut"), memory: 1 << 30)
        }
      }
    }
  }

  @Test("Python reads them", .enabled(if: Python.isAvailable, Python.reason))
  func python() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("monotone-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var zip = ZipWriter()
    zip.add("x.npy", NPYBytes.doubles([0.5, -2, 1e300], shape: [3]))
    zip.add("m.npy", NPYBytes.marks([true, false]))
    zip.add("t.npy", NPYBytes.texts(["a", "\u{e9}t\u{e9}"], shape: [2]))
    zip.add("s.npy", NPYBytes.text("one"))
    zip.add("i.npy", NPYBytes.integers([3, -4]))
    var tar = TarWriter()
    tar.add("folder/a.bin", [1, 2, 3])
    let files = [
      "a.npz": try zip.finish(), "a.tar": tar.finish(),
      "a.tar.gz": Compression.gz.compress(tar.finish()),
      "a.tar.xz": Compression.xz.compress(tar.finish()),
    ]
    for (name, bytes) in files {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
    let answer = try Python.run(
      """
      import json, tarfile, numpy as np
      z = np.load("a.npz")
      found = [z["x"].tolist() == [0.5, -2, 1e300], z["m"].tolist() == [True, False],
               z["t"].tolist() == ["a", "\u{e9}t\u{e9}"], str(z["s"]) == "one", z["i"].tolist() == [3, -4]]
      for name in ("a.tar", "a.tar.gz", "a.tar.xz"):
          with tarfile.open(name) as t:
              found.append(t.extractfile("folder/a.bin").read() == bytes([1, 2, 3]))
      print(json.dumps(found))
      """, in: folder, as: [Bool].self)
    #expect(answer == Array(repeating: true, count: 8))
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.indices.first { bytes[$0...].starts(with: mark) }
  }
}
