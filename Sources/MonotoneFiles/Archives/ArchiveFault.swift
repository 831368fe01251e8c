/// Why an archive cannot be read, and where.
package struct ArchiveFault: Error, Sendable {
  /// The byte at which reading failed.
  package let offset: Int
  /// The member, where one is meant.
  package let member: String?
  /// The reason with its remedy.
  package let message: String

  package init(offset: Int, member: String? = nil, _ message: String) {
    self.offset = offset
    self.member = member
    self.message = message
  }
}

/// How much an archive may hold: what is larger is refused before memory is taken for it.
package struct ArchiveLimit: Sendable {
  /// The most bytes of all members together.
  package let bytes: Int

  /// The limit of a file of so many bytes.
  ///
  /// No model compresses better than 200 to 1 beyond its first 64 MiB; archives that do are made to fill
  /// memory.
  ///
  /// - Parameter memory: The most bytes that memory allows for.
  package init(compressed count: Int, memory: Int) {
    let (product, overflow) = count.multipliedReportingOverflow(by: 200)
    bytes = min(memory, overflow ? memory : product + (64 << 20))
  }

  /// For messages.
  package static func text(_ bytes: Int) -> String {
    "more than \(bytes >> 20) MiB (\(bytes) bytes), the most that may be unpacked here"
  }
}
