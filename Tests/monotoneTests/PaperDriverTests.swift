import Foundation
import TestSupport
import Testing

/// `Benchmarks/paper.py` at its smallest size, on the command that was built.
@Suite("Driver of the paper's experiments", .tags(.slow))
struct PaperDriverTests {
  private static func drive(_ folder: URL) throws -> CommandRunner.Result {
    try CommandRunner.python([
      "Benchmarks/paper.py", "--size", "smallest", "--part", "cart-pole", "--part", "finite",
      "--monotone", CommandRunner.executable.path, "--runs", folder.path + "/runs",
      "--output", folder.path + "/report",
    ])
  }

  /// Whether the package of CMA-ES is there, which only these experiments need.
  private static let hasCMA =
    (try? CommandRunner.python(["-c", "import cma"]).status) == 0

  @Test(
    "Every method runs, what is there is not made again, and the report follows",
    .enabled(if: CommandRunner.pythonPackages != nil && hasCMA))
  func smallest() throws {
    try TemporaryFolder.with { folder in
      let first = try Self.drive(folder)
      #expect(first.status == 0, "\(first.errors.suffix(2000))")
      let data = folder.appendingPathComponent("report/data")
      let files = ["cart-pole.json", "finite.json"]
      let made = try files.map { try Data(contentsOf: data.appendingPathComponent($0)) }
      let runs = try #require(
        JSONSerialization.jsonObject(with: made[0]) as? [String: Any])
      let arms = (runs["runs"] as? [[String: Any]] ?? []).compactMap { $0["arm"] as? String }
      #expect(
        Set(arms) == [
          "single-path", "vine", "natural-gradient", "max-kl", "empirical-fisher", "cem", "cma-es",
          "rwr",
        ])
      // One of the sweep, two of the evaluation.
      #expect(arms.count == 8 * 3)

      let second = try Self.drive(folder)
      #expect(second.status == 0 && !second.output.contains("cart-pole-vine"))
      #expect(try files.map { try Data(contentsOf: data.appendingPathComponent($0)) } == made)

      // A run that is lost is made again, to the same result.
      let lost = folder.path + "/runs/smallest/cart-pole-single-path-0.01-1.json"
      try FileManager.default.removeItem(atPath: lost)
      let third = try Self.drive(folder)
      #expect(third.status == 0 && third.output.contains("cart-pole-single-path-0.01-1: "))
      #expect(try files.map { try Data(contentsOf: data.appendingPathComponent($0)) } == made)

      let report = try CommandRunner.run([
        "report", data.path, "--output", folder.path + "/report",
      ])
      #expect(report.status == 0, "\(report.errors)")
      let page = try String(contentsOfFile: folder.path + "/report/index.html", encoding: .utf8)
      for text in ["CMA-ES", "algorithm and noise apart", "Not done:"] {
        let isThere = page.contains(text)
        #expect(isThere, "\(text)")
      }
    }
  }
}
