import MonotoneProbability
import Foundation
import TestSupport
import Testing

/// Training runs that are stopped, by force or not, and gone on with.
@Suite("Resuming training", .serialized, .tags(.slow))
struct ResumeTests {
  /// Starts a run, or goes on with it where there is something to go on from.
  private func start(_ arguments: [String], _ folder: URL) throws -> Process {
    let checkpoints = folder.appendingPathComponent("checkpoints").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: checkpoints)) ?? []
    let isBegun = names.contains { $0.hasSuffix(".json") }
    return try CommandRunner.start(
      arguments + (isBegun ? ["--resume"] : []), output: FileHandle.nullDevice,
      errors: FileHandle.nullDevice)
  }

  /// At 20 points: five that may come before there is anything, then after iterations spread over the
  /// run, each at a moment drawn within the next.
  @Test(
    "Killed at twenty random points and gone on with, a run leaves the files of one never stopped",
    arguments: ["CartPole-v1", "mdps/taxi.json"])
  func killed(environment: String) throws {
    let iterations = 50
    let more = [
      "--normalises-observations", "true", "--normalises-rewards", "true", "--fisher-share", "0.5",
      "--seed", "3",
    ]
    try TemporaryFolder.with { folder in
      let (straight, killed) = (
        folder.appendingPathComponent("a"), folder.appendingPathComponent("b")
      )
      let whole = try TrainingFolder.train(environment, straight, iterations: iterations, more)
      #expect(whole.status == 0, "\(whole.errors)")
      let arguments = TrainingFolder.arguments(environment, killed, iterations: iterations, more)
      var random = RandomStream(seed: 20)
      var kills = 0
      for kill in 0..<20 {
        let process = try start(arguments, killed)
        if kill >= 5 {
          let goal = (kill - 4) * iterations / 18
          while process.isRunning, TrainingFolder.rows(killed) < goal { usleep(500) }
        }
        usleep(UInt32(random.integer(below: kill < 5 ? 60_000 : 20_000)))
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal { kills += 1 }
      }
      // The last point lies 15/18 into the run.
      #expect(kills == 20)
      let last = try start(arguments, killed)
      last.waitUntilExit()
      #expect(last.terminationStatus == 0)
      let (expected, found) = try (
        TrainingFolder.contents(straight), TrainingFolder.contents(killed)
      )
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (name, data) in expected { #expect(found[name] == data, "\(name)") }
      #expect(expected["learning-curve.svg"] != nil && expected["checkpoints/000050.json"] != nil)
    }
  }

  @Test("130: Ctrl-C saves the run, and --resume goes on with it")
  func interrupted() throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run")
      // Far more than there is time for.
      let arguments = TrainingFolder.arguments(
        "CartPole-v1", run, iterations: 1_000_000, ["--checkpoint-every", "1000000"])
      let errors = folder.appendingPathComponent("errors")
      try Data().write(to: errors)
      let process = try CommandRunner.start(
        arguments, output: FileHandle.nullDevice, errors: try FileHandle(forWritingTo: errors))
      while process.isRunning, TrainingFolder.rows(run) < 5 { usleep(2_000) }
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      let message = try String(contentsOf: errors, encoding: .utf8)
      #expect(message.contains("interrupted after") && message.contains("--resume"))
      let rows = try TrainingFolder.progress(run).count
      #expect(rows >= 5)
      let name = String(format: "%06d", rows)
      #expect(
        FileManager.default.fileExists(
          atPath: run.appendingPathComponent("checkpoints/\(name).json").path))
      let resumed = try CommandRunner.run(
        arguments + ["--resume", "--steps", "\(64 * (rows + 3))"])
      #expect(resumed.status == 0, "\(resumed.errors)")
      // The same as a run for so many steps.
      let straight = folder.appendingPathComponent("straight")
      _ = try TrainingFolder.train(
        "CartPole-v1", straight, iterations: rows + 3, ["--checkpoint-every", "1000000"])
      let contents = try [run, straight].map { folder in
        // The very first checkpoint says for how long the run was meant to be.
        try TrainingFolder.contents(folder).filter { $0.key != "checkpoints/000000.json" }
      }
      #expect(contents[0] == contents[1])
    }
  }

  @Test("The most iterations are those of the run, not of the process")
  func mostIterations() throws {
    try TemporaryFolder.with { folder in
      let more = ["--max_iter_num", "3"]
      _ = try TrainingFolder.train("CartPole-v1", folder, iterations: 10, more)
      let before = try TrainingFolder.contents(folder)
      #expect(TrainingFolder.rows(folder) == 3)
      let again = try TrainingFolder.train(
        "CartPole-v1", folder, iterations: 10, more + ["--resume"])
      #expect(again.status == 0)
      #expect(try TrainingFolder.contents(folder) == before)
    }
  }

  @Test("65: what cannot be gone on with is refused with what is wrong; nothing is changed")
  func refused() throws {
    try TemporaryFolder.with { folder in
      _ = try TrainingFolder.train("mdps/racing.json", folder, iterations: 2)
      let checkpoints = folder.appendingPathComponent("checkpoints")
      func resume(_ environment: String = "mdps/racing.json") throws -> CommandRunner.Result {
        try TrainingFolder.train(environment, folder, iterations: 3, ["--resume"])
      }
      func expectRefusal(_ result: CommandRunner.Result, _ mention: String) {
        #expect(result.status == 65 && result.errors.contains(mention), "\(result)")
      }
      expectRefusal(try resume("CartPole-v1"), "holds a run of racing, not of CartPole-v1")
      let text = try String(
        contentsOf: CommandRunner.root.appendingPathComponent("mdps/racing.json"), encoding: .utf8)
      let other = folder.appendingPathComponent("other.json")
      let changed = text.replacingOccurrences(of: "\"discount\": 0.9", with: "\"discount\": 0.8")
      try #require(changed != text)
      try Data(changed.utf8).write(to: other)
      expectRefusal(try resume(other.path), "another model")
      for name in try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
      where name.hasSuffix(".json") {
        let file = checkpoints.appendingPathComponent(name)
        try Data(try Data(contentsOf: file).dropLast(40)).write(to: file)
      }
      let before = try TrainingFolder.contents(folder)
      expectRefusal(try resume(), "000002.json")
      #expect(try TrainingFolder.contents(folder) == before)
      try FileManager.default.removeItem(at: checkpoints)
      #expect(try resume().status == 65)
      let nowhere = try CommandRunner.run(
        ["train", "CartPole-v1", "--resume", "--output", folder.path + "/nowhere"])
      #expect(nowhere.status == 66 && nowhere.errors.contains("no such"))
    }
  }
}
