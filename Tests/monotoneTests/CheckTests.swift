import Foundation
import TestSupport
import Testing

/// What `check` says of an update, beside what it verifies of the theory.
@Suite("What happened to an update", .tags(.slow))
struct CheckTests {
  /// One state and γ = 3/4: η is four times the reward, −3 for action a and −4 for b. Action c does as a does.
  private static let model = """
    {"schema": "monotone/mdp/v1", "name": "line", "discount": "3/4", "states": ["s"],
     "actions": ["a", "b", "c"], "initial": {"s": 1}, "transitions": [
      {"from": "s", "action": "a", "to": {"s": 1}, "reward": "-3/4"},
      {"from": "s", "action": "b", "to": {"s": 1}, "reward": -1},
      {"from": "s", "action": "c", "to": {"s": 1}, "reward": "-3/4"}]}
    """

  /// Checks the update between two rows of probabilities.
  private func check(
    _ current: String, _ candidate: String, _ more: [String] = []
  ) throws -> CommandRunner.Result {
    try TemporaryFolder.with { folder in
      for (name, row) in [("p", current), ("q", candidate)] {
        let text = """
          {"schema": "monotone/policy/v1", "mdp": "line", "probabilities": [\(row)]}
          """
        try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).json"))
      }
      return try CommandRunner.run(
        [
          "check", "-", "--current", folder.appendingPathComponent("p.json").path, "--candidate",
          folder.appendingPathComponent("q.json").path,
        ] + more, input: Self.model)
    }
  }

  @Test(
    "Harm stands in the first line, whatever holds",
    arguments: ["auto", "exact", "certified", "float64"])
  func harm(arithmetic: String) throws {
    let result = try check("[1, 0, 0]", "[0, 1, 0]", ["--arithmetic", arithmetic])
    let lines = result.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("harmful, not guaranteed: η changes by -1"), "\(lines[0])")
    #expect(lines[0].contains("from -3") && lines[0].contains("to -4"), "\(lines[0])")
    #expect(lines[1].hasPrefix("theory: "))
    // No status says anything of the harm.
    #expect(result.status == 0)
    // Balls alone do not prove equalities.
    let strict = try check("[1, 0, 0]", "[0, 1, 0]", ["--arithmetic", arithmetic, "--strict"])
    #expect(strict.status == (arithmetic == "certified" ? 3 : 0))
    #expect(lines[1].hasPrefix("theory: consistent: ") == (arithmetic == "certified"))
  }

  @Test("Version 1 of the document calls a consistent equality undecided")
  func firstVersion() throws {
    func verdicts(_ schema: String) throws -> Set<String> {
      let json = try check(
        "[1, 0, 0]", "[0, 1, 0]", ["--arithmetic", "certified", "--json", "--schema", schema]
      ).json()
      let claims = try #require(json["claims"] as? [[String: Any]])
      return Set(
        claims.filter { $0["kind"] as? String == "identity" }.compactMap {
          $0["verdict"] as? String
        })
    }
    #expect(try verdicts("v2") == ["consistent"])
    #expect(try verdicts("v1") == ["undecided"])
  }

  @Test(
    "No step is no step in every arithmetic", arguments: ["auto", "exact", "certified", "float64"])
  func unchanged(arithmetic: String) throws {
    let more = ["--arithmetic", arithmetic]
    let result = try check("[0.5, 0.25, 0.25]", "[0.5, 0.25, 0.25]", more)
    #expect(result.output.hasPrefix("unchanged: the policies are the same, η stays -3.25"))
    let json = try check("[0.5, 0.25, 0.25]", "[0.5, 0.25, 0.25]", more + ["--json"]).json()
    #expect(json["outcome"] as? String == "unchanged" && json["improved"] as? String == "holds")
    #expect(json["guaranteed"] as? String == "no")
  }

  @Test("Improvements say whether they were guaranteed, and those by nothing that they are")
  func improved() throws {
    // In one state the surrogate errs by nothing, which the span of Ā over states shows.
    let step = try check("[0, 1, 0]", "[1, 0, 0]")
    #expect(step.output.hasPrefix("improved, guaranteed: η changes by 1"), "\(step.output)")
    let level = try check("[1, 0, 0]", "[0, 0, 1]")
    #expect(level.output.hasPrefix("improved (not strictly), not guaranteed: η stays -3"))
    // ε_max = 1/8 from (1/2, 1/2): TV = t gains 1 · t at γ = 3/4, every bound loses of the order of t².
    let small = try check("[0.5, 0.5, 0]", "[0.5001, 0.4999, 0]", ["--json"])
    #expect(try small.json()["guaranteed"] as? String == "yes")
    #expect(try small.json()["outcome"] as? String == "improved")
  }

  @Test(
    "4: conditions that happened, each named with update and value",
    arguments: [
      (["harmful"], "--fail-on harmful: ", "η changes by -1"),
      (["unguaranteed"], "--fail-on unguaranteed: ", "guaranteed: no"),
      (["max-kl=50"], "--fail-on max-kl=50: ", "max KL ∞ > 50"),
      (["mean-kl=1e3,harmful"], "--fail-on harmful: ", "η changes by -1"),
    ] as [([String], String, String)])
  func conditions(names: [String], condition: String, value: String) throws {
    for more in [[], ["--json"]] {
      let result = try check(
        "[1, 0, 0]", "[0, 1, 0]", names.flatMap { ["--fail-on", $0] } + more)
      #expect(result.status == 4, "\(result.errors)")
      let last = try #require(result.errors.split(separator: "\n").last)
      #expect(
        last.contains(condition) && last.contains("p.json → ") && last.contains(value), "\(last)")
      if !more.isEmpty { #expect(try result.json()["outcome"] as? String == "harmful") }
    }
  }

  @Test("0: conditions that did not happen")
  func quiet() throws {
    // KL = ½ ln(1/2 / 3/4) + ½ ln(1/2 / 1/4) = 0.143841.
    let more = ["--fail-on", "max-kl=0.14385,mean-kl=0.14385", "--fail-on", "harmful"]
    #expect(try check("[0.5, 0.5, 0]", "[0.75, 0.25, 0]", more).status == 0)
    let less = ["--fail-on", "max-kl=0.14384"]
    #expect(try check("[0.5, 0.5, 0]", "[0.75, 0.25, 0]", less).status == 4)
  }

  @Test("2 comes before 4: a violated claim")
  func violatedFirst() throws {
    let more = ["--claim", "maxKL <= 50", "--fail-on", "harmful"]
    let result = try check("[1, 0, 0]", "[0, 1, 0]", more)
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.output.split(separator: "\n")[1].contains("violated: 1 of 1 claim: maxKL <= 50"))
  }

  @Test(
    "64: conditions that mean nothing",
    arguments: [
      ("harmfull", "did you mean \"harmful\"?"), ("mean-kl", "mean-kl=0.01"),
      ("mean-kl=x", "needs a number"), ("mean-kl=-1", "needs a number"), ("harmful=1", "no limit"),
      ("", "expected harmful"), ("harmful,", "expected harmful"), ("foreign-batch", "expected"),
    ])
  func usage(condition: String, message: String) throws {
    let result = try check("[1, 0, 0]", "[0, 1, 0]", ["--fail-on", condition])
    #expect(result.status == 64 && result.errors.contains(message), "\(result.errors)")
  }

  @Test("One claim, by its identifier, as a text with parameters, or a false variant")
  func single() throws {
    let byID = try check("[1, 0, 0]", "[0, 1, 0]", ["--claim", "kl", "--json"])
    let claims = try #require(try byID.json()["claims"] as? [[String: Any]])
    #expect(byID.status == 0 && claims.map { $0["id"] as? String } == ["kl"])
    // What was guaranteed is decided by all bounds still.
    let small = ["[0.5, 0.5, 0]", "[0.5001, 0.4999, 0]"]
    let stated = try check(
      small[0], small[1], ["--claim", "maxTotalVariation <= c", "--parameter", "c=1e-4", "--json"])
    #expect(stated.status == 0, "\(stated.errors)")
    #expect(try stated.json()["guaranteed"] as? String == "yes")
    let broken = try check(
      small[0], small[1], ["--claim", "maxTotalVariation <= c", "--parameter", "c=99e-6"])
    #expect(broken.status == 2, "\(broken.errors)")
    // KL ≥ 2 TV² is Pinsker's; 3 TV² is too much for small steps.
    #expect(try check(small[0], small[1], ["--claim", "pinsker"]).status == 0)
    #expect(try check(small[0], small[1], ["--variant", "pinsker-quarter"]).status == 2)
  }

  @Test(
    "Claims without a value, and names that are none, are errors",
    arguments: [
      (["--claim", "1/0 >= 5"], 64, "(1 / 0) has no value"),
      (["--claim", "maxKL - maxKL >= 0"], 65, "has no value on this update"),
      (["--claim", "pinskr"], 64, "did you mean \"pinsker\"?"),
      (["--claim", "maxKl >= 0"], 64, "did you mean \"maxKL\"?"),
      (["--variant", "pinsker-quater"], 64, "did you mean \"pinsker-quarter\"?"),
      (["--claim", "kl", "--variant", "pinsker-quarter"], 64, "either"),
    ] as [([String], Int32, String)])
  func valueless(more: [String], status: Int32, message: String) throws {
    let result = try check("[1, 0, 0]", "[0, 1, 0]", more)
    #expect(result.status == status && result.errors.contains(message), "\(result.errors)")
  }
}
