import Foundation
import TestSupport
import Testing

@Suite("A stack of policies in one array", .tags(.slow))
struct PolicyStackTests {
  /// A `.npy` array of `racing`'s shape, a number of policies times 3 states times 2 actions, in
  /// C order.
  private func stack(_ policies: [[Double]], shape: String? = nil) -> Data {
    var header =
      "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape ?? "(\(policies.count), 3, 2)"), }"
    header += String(repeating: " ", count: 117 - header.count) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0]
    bytes += Array(header.utf8)
    for value in policies.joined() {
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
    return Data(bytes)
  }

  private static let uniform = [0.5, 0.5, 0.5, 0.5, 9, -9]
  private static let slow: [Double] = [1, 0, 1, 0, 0, 0]

  private func withStack(
    _ policies: [[Double]], shape: String? = nil, _ body: (String) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("p.npy")
      try stack(policies, shape: shape).write(to: file)
      try body(file.path)
    }
  }

  private func updates(_ result: CommandRunner.Result) throws -> [[String: Any]] {
    try #require(try result.json()["updates"] as? [[String: Any]], "\(result.errors)")
  }

  @Test("Its policies in order, with others before and after it")
  func order() throws {
    try withStack([Self.uniform, Self.slow, Self.uniform]) { file in
      let stacked = try updates(
        CommandRunner.run(
          ["audit", "mdps/racing.json", "--json", "--policies", "optimal", file, "uniform"]))
      #expect(
        stacked.map { $0["candidate"] as? String }
          == ["\(file)[0]", "\(file)[1]", "\(file)[2]", "uniform"])
      try #require(stacked.count == 4)
      let marks = stacked.map { $0["mark"] as? String }
      #expect(marks.last == "unchanged")
      #expect(
        NSDictionary(dictionary: stacked[1]["returnCurrent"] as? [String: Any] ?? [:])
          == NSDictionary(dictionary: stacked[3]["returnCurrent"] as? [String: Any] ?? [:]))
    }
  }

  @Test("A policy that is no distribution is named by its place")
  func faults() throws {
    try withStack([Self.uniform, [1, 1, 1, 0, 0, 0]]) { file in
      let result = try CommandRunner.run(["audit", "mdps/racing.json", "--policies", file])
      #expect(result.errors.contains("$[1][0]"), "\(result.errors)")
    }
  }

  @Test("Batches go by the number of policies, not of files")
  func batches() throws {
    try withStack([Self.uniform, Self.slow]) { file in
      try TemporaryFolder.with { folder in
        let batch = folder.appendingPathComponent("b.json")
        let text =
          #"{"schema": "monotone/batch/v1", "states": [0], "actions": [0], "advantages": [1]}"#
        try Data(text.utf8).write(to: batch)
        let command = ["audit", "mdps/racing.json", "--policies", file, "--batches"]
        #expect(try CommandRunner.run(command + [batch.path]).status == 0)
        let refused = try CommandRunner.run(command + [batch.path, batch.path])
        #expect(refused.status == 64)
        #expect(refused.errors.contains("number of updates (1)"), "\(refused.errors)")
      }
    }
  }

  @Test("Elsewhere it is refused, naming what it is for")
  func elsewhere() throws {
    try withStack([Self.uniform, Self.slow]) { file in
      for command in [
        ["solve", "mdps/racing.json", "--policy", file],
        ["solve", "mdps/racing.json", "--policy", "greedy(\(file))"],
        ["check", "mdps/racing.json", "--current", "uniform", "--candidate", file],
        ["improve", "mdps/racing.json", "--rule", "max-kl", "--policy", file],
        ["convert", file, "--mdp", "mdps/racing.json", "--to", "json"],
      ] {
        let result = try CommandRunner.run(command)
        #expect(result.status == 65)
        #expect(result.errors.contains("audit --policies"), "\(result.errors)")
      }
      #expect(try CommandRunner.run(["validate", file, "--mdp", "mdps/racing.json"]).status == 0)
    }
  }

  @Test(
    "Of another shape it is refused",
    arguments: ["(3, 2, 2)", "(2, 2, 3)", "(12,)", "(1, 2, 3, 2)"])
  func shapes(_ shape: String) throws {
    try withStack([Self.uniform, Self.slow], shape: shape) { file in
      let result = try CommandRunner.run(["audit", "mdps/racing.json", "--policies", file])
      #expect(result.status == 65)
      #expect(result.errors.contains("shape"), "\(result.errors)")
    }
  }
}
