#if os(Linux)
  import Foundation
  import Testing

  @testable import Simulators

  /// A thread and a process that take turns on one processor.
  @Suite("A shared processor", .serialized)
  struct SharedProcessorTests {
    /// The processors that the system lets a thread or process run on, as it lists them.
    private static func allowed(_ process: String) throws -> String {
      let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
      return try #require(line).split(separator: "\t").last.map(String.init) ?? ""
    }

    @Test("While they take turns both run on one; afterwards the thread runs where it did")
    func sharing() throws {
      let child = Process()
      child.executableURL = URL(fileURLWithPath: "/bin/sleep")
      child.arguments = ["60"]
      try child.run()
      defer { child.terminate() }
      let before = try Self.allowed("thread-self")
      let processor = SharedProcessor(with: child.processIdentifier)
      let (mine, its, other) = try processor.share { () throws -> (String, String, String) in
        // A second pair does not crowd the first, where there is another processor.
        let second = SharedProcessor(with: child.processIdentifier)
        let mine = try Self.allowed("thread-self")
        let its = try Self.allowed("\(child.processIdentifier)")
        return (mine, its, try second.share { try Self.allowed("thread-self") })
      }
      #expect(mine == its)
      #expect(Int(mine) != nil, "one processor, and not \(mine)")
      #expect(try Self.allowed("thread-self") == before)
      // Within the first's turns the second may only run where the first does, and that is taken.
      #expect(other == mine)
    }
  }
#endif
