#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension InputBytes {
  /// Maps a file, of which only those pages are read that are looked at.
  ///
  /// For files larger than memory, of which a process reads a part. The file must not be cut while it is
  /// mapped: the system ends a process that reads behind its end.
  ///
  /// - Throws: ``UnreadableInput`` where the file is absent, not a plain file, or forbidden.
  package convenience init(mapping path: String) throws(UnreadableInput) {
    let descriptor = Int32(Self.retrying { open(path, O_RDONLY | O_CLOEXEC) })
    guard descriptor >= 0 else { throw UnreadableInput(file: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw UnreadableInput(file: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw UnreadableInput(file: path, reason: "not a plain file; name one")
    }
    // Zeros first, and the file over them: what is left is the padding.
    let count = Int(status.st_size)
    let room = count + Self.padding
    guard
      let zeros = mmap(nil, room, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      zeros != MAP_FAILED
    else { throw UnreadableInput(file: path, code: errno) }
    if count > 0,
      mmap(zeros, count, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0) == MAP_FAILED
    {
      let code = errno
      munmap(zeros, room)
      throw UnreadableInput(file: path, code: code)
    }
    self.init(
      name: path, mapped: UnsafePointer(zeros.assumingMemoryBound(to: UInt8.self)), of: room,
      count: count)
  }

  /// Reads some bytes of a file; fewer where it ends.
  package convenience init(path: String, at offset: Int, count: Int) throws(UnreadableInput) {
    let descriptor = Int32(Self.retrying { open(path, O_RDONLY | O_CLOEXEC) })
    guard descriptor >= 0 else { throw UnreadableInput(file: path, code: errno) }
    defer { close(descriptor) }
    let buffer = Self.allocate(count + Self.padding)
    var filled = 0
    while filled < count {
      let received = Self.retrying {
        pread(descriptor, buffer + filled, count - filled, off_t(offset + filled))
      }
      guard received >= 0 else {
        let code = errno
        Self.release(buffer)
        throw UnreadableInput(file: path, code: code)
      }
      if received == 0 { break }
      filled += received
    }
    self.init(name: path, owning: buffer, count: filled)
  }

  static func unmap(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) { munmap(memory, count) }
}
