/// Writes `.tar` archives of plain files (ustar), with the same bytes for the same members.
package struct TarWriter {
  private var bytes: [UInt8] = []

  package init() {}

  /// Adds a file.
  ///
  /// - Precondition: the name has at most 100 bytes.
  package mutating func add(_ name: String, _ contents: [UInt8]) {
    precondition(name.utf8.count <= 100, "\(name) is too long for ustar")
    var head = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      head.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
    }
    func octal(_ value: Int, digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(name, at: 0)
    put(octal(0o644, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    precondition(contents.count < 1 << 33, "\(name) has 8 GiB or more")
    put(octal(contents.count, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(head.reduce(0) { $0 + Int($1) }, digits: 6), at: 148)
    head[154] = 0
    bytes += head + contents
    bytes += [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
  }

  /// The archive.
  package func finish() -> [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}
