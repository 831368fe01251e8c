import Foundation
import Testing

@testable import MonotoneFiles

@Suite("Atomic files")
struct AtomicFileTests {
  @Test("Folders made for files that did not come are removed again")
  func folders() throws {
    let folder = try TemporaryFolder()
    var set = AtomicFileSet(makesFolders: true)
    try set.prepare(Array("a".utf8), at: folder.path + "/new/deep/a")
    #expect(folder.contents.count == 3)
    #expect(throws: UnwritableOutput.self) { try set.prepare([], at: folder.path) }
    set.discard()
    #expect(folder.contents == [])
  }

  @Test("A single file makes no folders")
  func noFolders() throws {
    let folder = try TemporaryFolder()
    #expect(throws: UnwritableOutput.self) {
      try AtomicFile.write([], to: folder.path + "/slip/file")
    }
    #expect(folder.contents == [])
  }

  @Test("A path through a file is refused with the reason")
  func throughFile() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write([], to: folder.path + "/file")
    let failure = try #require(throws: UnwritableOutput.self) {
      try AtomicFile.write([], to: folder.path + "/file/below")
    }
    #expect(failure.message.contains("Not a directory"))
    #expect(folder.contents == ["file"])
  }

  @Test("A file is replaced whole, with its permissions, and a link to it stays a link")
  func replaces() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(Array("old".utf8), to: folder.path + "/file")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: folder.path + "/file")
    // Relative to the link's own folder.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: "file")
    try AtomicFile.write(Array("new".utf8), to: folder.path + "/link")
    #expect(try folder.text("file") == "new")
    #expect(folder.contents == ["file", "link"])
    let link = try FileManager.default.attributesOfItem(atPath: folder.path + "/link")
    #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
    let file = try FileManager.default.attributesOfItem(atPath: folder.path + "/file")
    #expect(file[.posixPermissions] as? Int == 0o640)
  }

  @Test("A link to what is not there yet makes that")
  func danglingLink() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/new")
    try AtomicFile.write(Array("x".utf8), to: folder.path + "/link")
    #expect(try folder.text("new") == "x")
    #expect(folder.contents == ["link", "new"])
  }

  @Test("A circle of links, a folder and a socket are refused")
  func refused() throws {
    let folder = try TemporaryFolder()
    for (from, to) in [("a", "b"), ("b", "a")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(from)", withDestinationPath: to)
    }
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let place = "/tmp/monotone-\(getpid()).socket"
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: place.utf8) }
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    defer { unlink(place) }
    try #require(isBound)
    for path in [folder.path + "/a", folder.path, folder.path + "/c/", place, ""] {
      #expect(throws: UnwritableOutput.self, "\(path)") { try AtomicFile.write([1], to: path) }
      #expect(throws: UnwritableOutput.self, "\(path)") { try OutputDestination.probe(path) }
    }
    #expect(folder.contents == ["a", "b"])
  }

  @Test("A named pipe is written through, and stays one")
  func namedPipe() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try OutputDestination.probe(path)
    try AtomicFile.write(Array("through".utf8), to: path)
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes[..<max(count, 0)], as: UTF8.self) == "through")
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(folder.contents == ["pipe"])
  }

  @Test("A full device says so and stays a device")
  func fullDevice() throws {
    let failure = try #require(throws: UnwritableOutput.self) {
      try AtomicFile.write([1], to: "/dev/full")
    }
    #expect(failure.message == "/dev/full cannot be written: No space left on device")
    try AtomicFile.write([1], to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("A probe leaves nothing, and tells of a folder that takes no files")
  func probes() throws {
    let folder = try TemporaryFolder()
    try OutputDestination.probe(folder.path + "/file")
    #expect(folder.contents == [])
    try FileSystem.probeFolder(folder.path + "/not/yet")
    #expect(folder.contents == [])
    for path in ["/proc/file", folder.path + "/none/file"] {
      #expect(throws: UnwritableOutput.self) { try OutputDestination.probe(path) }
    }
    #expect(throws: UnwritableOutput.self) { try FileSystem.probeFolder("/proc/folder") }
  }

  @Test("One process at a time has a folder")
  func lock() throws {
    let folder = try TemporaryFolder()
    var first: FolderLock? = try FolderLock(folder.path)
    #expect(throws: FolderLock.Failure.self) { try FolderLock(folder.path) }
    withExtendedLifetime(first) {}
    first = nil
    _ = try FolderLock(folder.path)
    #expect(folder.contents == [])
  }
}
