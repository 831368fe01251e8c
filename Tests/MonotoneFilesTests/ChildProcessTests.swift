import Testing

@testable import MonotoneFiles

@Suite("Child processes")
struct ChildProcessTests {
  @Test("Both streams come whole, whichever fills first, and standard input is empty")
  func streams() throws {
    // More than a pipe holds, on either stream.
    let script = "head -c 300000 /dev/zero >&2; head -c 200000 /dev/zero; wc -c"
    let result = try ChildProcess.run("sh", ["-c", script])
    #expect(result.status == 0)
    #expect(result.errors.count == 300_000)
    #expect(result.output.count > 200_000)
    #expect(result.output[200_000...].filter { $0 > 0x20 } == [UInt8(ascii: "0")])
  }

  @Test("An exit status, and a signal as shells count it")
  func statuses() throws {
    #expect(try ChildProcess.run("sh", ["-c", "exit 7"]).status == 7)
    #expect(try ChildProcess.run("sh", ["-c", "kill -9 $$"]).status == 137)
  }

  @Test("Arguments arrive as they are")
  func arguments() throws {
    let words = ["a b", "", "'\"$HOME*", "ü"]
    let result = try ChildProcess.run("printf", ["%s|"] + words)
    #expect(String(decoding: result.output, as: UTF8.self) == words.map { $0 + "|" }.joined())
  }

  @Test("A program that is not there")
  func absent() {
    #expect(throws: ChildProcess.Failure.self) {
      try ChildProcess.run("/nowhere/program", [])
    }
  }
}
