#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension InputBytes {
  /// Reads a whole file, or standard input for the path `-`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The most bytes to accept.
  /// - Throws: ``UnreadableInput`` where the file is absent, a directory, forbidden or too large.
  public convenience init(
    path: String, limit: Int
  ) throws(UnreadableInput) {
    guard path != "-" else {
      try self.init(name: "standard input", descriptor: STDIN_FILENO, limit: limit)
      return
    }
    let descriptor = Self.retrying { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw UnreadableInput(file: path, code: errno) }
    defer { close(Int32(descriptor)) }
    try self.init(name: path, descriptor: Int32(descriptor), limit: limit)
  }

  private convenience init(
    name: String, descriptor: Int32, limit: Int
  ) throws(UnreadableInput) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw UnreadableInput(file: name, code: errno)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw UnreadableInput(file: name, code: EISDIR)
    }
    guard status.st_size <= limit else {
      throw UnreadableInput(file: name, tooLargeFor: limit)
    }
    // One byte more than the size, so that the end of the file is seen without growing.
    var capacity = max(Int(status.st_size) + 1, 1 << 16)
    var buffer = Self.allocate(capacity + Self.padding)
    var count = 0
    while true {
      let received = Self.retrying { read(descriptor, buffer + count, capacity - count) }
      guard received >= 0 else {
        let code = errno
        Self.release(buffer)
        throw UnreadableInput(file: name, code: code)
      }
      if received == 0 { break }
      count += received
      guard count <= limit else {
        Self.release(buffer)
        throw UnreadableInput(file: name, tooLargeFor: limit)
      }
      if count == capacity {
        capacity *= 2
        buffer = Self.grow(buffer, to: capacity + Self.padding)
      }
    }
    self.init(name: name, owning: buffer, count: count)
  }

  /// A system call, again where a signal cut it short.
  package static func retrying(_ call: () -> some FixedWidthInteger) -> Int {
    while true {
      let result = Int(call())
      if result >= 0 || errno != EINTR { return result }
    }
  }

  package static func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    grow(nil, to: count)
  }

  static func grow(
    _ buffer: UnsafeMutablePointer<UInt8>?, to count: Int
  ) -> UnsafeMutablePointer<UInt8> {
    guard let grown = realloc(buffer, count) else {
      fatalError("no memory for an input of \(count) bytes")
    }
    return grown.assumingMemoryBound(to: UInt8.self)
  }

  package static func release(_ buffer: UnsafeMutablePointer<UInt8>) { free(buffer) }
}

extension UnreadableInput {
  package init(file: String, code: Int32) {
    let reason =
      switch code {
      case ENOENT: "no such file; check the path"
      case EISDIR: "is a directory; name a file in it"
      case EBADF: "closed, or not open for reading; pipe or redirect a file into it"
      case EACCES, EPERM: "permission denied; make the file readable"
      default: String(cString: strerror(code))
      }
    self.init(file: file, reason: reason)
  }

  fileprivate init(file: String, tooLargeFor limit: Int) {
    self.init(
      file: file,
      reason: "larger than \(limit >> 20) MiB, the most that this machine's memory allows for")
  }
}
