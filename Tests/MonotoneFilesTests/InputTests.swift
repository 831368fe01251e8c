import Testing

@testable import MonotoneFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Files that cannot be read, and files that can")
struct InputTests {
  private func temporaryPath(_ name: String) -> String {
    "/tmp/monotone-formats-\(getpid())-\(name)"
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  @Test("A mapped file has the bytes of a file that is read, and zeros behind them")
  func mapping() throws {
    let page = Int(getpagesize())
    for count in [0, 1, page - 8, page, page + 1] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
      let path = temporaryPath("mapped-\(count)")
      try write(bytes, to: path)
      defer { unlink(path) }
      let input = try InputBytes(mapping: path)
      #expect(input.bytes == bytes)
      #expect((0..<InputBytes.padding).allSatisfy { input.base[count + $0] == 0 })
    }
    for (path, words) in [("/nonexistent/model.umb", "no such file"), ("/tmp", "not a plain file")]
    {
      let failure = try #require(throws: UnreadableInput.self) { try InputBytes(mapping: path) }
      #expect(failure.description.hasPrefix("\(path): ") && failure.reason.contains(words))
    }
  }

  @Test("Absent, a directory, forbidden")
  func unreadable() throws {
    for (path, words) in [
      ("/nonexistent/model.json", "no such file"), ("/tmp", "is a directory"), ("", "no such file"),
    ] {
      do {
        _ = try InputBytes(path: path, limit: 1 << 20)
        Issue.record("read \(path)")
      } catch {
        #expect(error.file == path)
        #expect(error.description.hasPrefix("\(path): "))
        #expect(error.reason.contains(words))
      }
    }
    // The superuser may read anything.
    guard geteuid() != 0 else { return }
    let path = temporaryPath("forbidden")
    try write([0x7B], to: path)
    defer { unlink(path) }
    chmod(path, 0)
    #expect(throws: UnreadableInput.self) { try InputBytes(path: path, limit: 1 << 20) }
  }

  @Test(
    "A file is read whole, whatever its size", arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
  func sizes(_ size: Int) throws {
    let path = temporaryPath("size-\(size)")
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try write(bytes, to: path)
    defer { unlink(path) }
    let input = try InputBytes(path: path, limit: 1 << 20)
    #expect(input.name == path)
    #expect(input.count == size)
    #expect(Array(input.buffer) == bytes)
    for index in 0..<InputBytes.padding { #expect(input.base[size + index] == 0) }
  }

  @Test("A file without end is refused")
  func endless() {
    do {
      _ = try InputBytes(path: "/dev/zero", limit: 1 << 20)
      Issue.record("read")
    } catch {
      #expect(error.reason.contains("larger than 1 MiB"))
    }
  }
}
