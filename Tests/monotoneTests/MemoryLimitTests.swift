import Foundation
import TestSupport
import Testing

#if os(Linux)
  /// Under any limit of `ulimit -v` a command ends: with its result, or with an error that says why.
  @Suite("Limits on memory", .tags(.slow))
  struct MemoryLimitTests {
    private struct Ending {
      var status: Int32
      var errors: String
    }

    /// Runs the command under a limit in MiB, for a minute at most; OpenBLAS is left to start as many
    /// threads as it wants, where a number is not given.
    private func run(_ arguments: [String], limit: Int, blasThreads: String? = nil) throws -> Ending
    {
      try TemporaryFolder.with { folder in
        let path = folder.appendingPathComponent("errors")
        try Data().write(to: path)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments =
          ["-c", #"ulimit -v "$0" && exec timeout -s KILL 60 "$@""#, "\(limit * 1024)"]
          + [CommandRunner.executable.path] + arguments
        process.currentDirectoryURL = CommandRunner.root
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: path)
        var environment = ProcessInfo.processInfo.environment
        environment["OPENBLAS_NUM_THREADS"] = blasThreads
        process.environment = environment
        try process.run()
        process.waitUntilExit()
        return Ending(
          status: process.terminationStatus,
          errors: try String(contentsOf: path, encoding: .utf8))
      }
    }

    /// 127 is the loader's, with its own message: there the program has not begun.
    private func expectAnEnd(_ ending: Ending, _ comment: Comment) {
      #expect([0, 70, 127].contains(ending.status), comment)
      if ending.status != 0 { #expect(!ending.errors.isEmpty, comment) }
      if ending.status == 70 { #expect(ending.errors.contains("ulimit -v"), comment) }
    }

    @Test(
      "Every limit comes to an end",
      arguments: [
        ["solve", "mdps/racing.json"],
        ["check", "mdps/racing.json", "--current", "uniform", "--candidate", "random(1)"],
        ["verify", "mdps/racing.json"], ["fuzz", "--cases", "20"],
      ])
    func everyLimit(_ arguments: [String]) throws {
      try TemporaryFolder.with { folder in
        for limit in Array(stride(from: 60, through: 700, by: 40)) + [1000, 2000, 4000] {
          let output =
            arguments[0] == "verify"
            ? ["--output", folder.appendingPathComponent("\(limit)").path] : []
          let ending = try run(arguments + output, limit: limit)
          expectAnEnd(ending, "\(arguments[0]) within \(limit) MiB: \(ending)")
          if limit >= 1000 { #expect(ending.status == 0, "\(arguments[0]): \(ending)") }
        }
      }
    }

    @Test("BLAS threads that were asked for count, and are named")
    func threads() throws {
      let ending = try run(["solve", "mdps/racing.json"], limit: 500, blasThreads: "2")
      expectAnEnd(ending, "\(ending)")
      if ending.status != 0 { #expect(ending.errors.contains("OPENBLAS_NUM_THREADS")) }
    }
  }
#endif
