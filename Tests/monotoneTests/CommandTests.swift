import Foundation
import TestSupport
import Testing

@Suite("Commands", .tags(.slow))
struct CommandTests {
  @Test("solve --json has the keys of the format, and every state")
  func solve() throws {
    let result = try CommandRunner.run([
      "solve", "mdps/racing.json", "--json", "--arithmetic", "float64",
    ])
    #expect(result.status == 0 && result.errors.isEmpty)
    let document = try result.json()
    #expect(document["schema"] as? String == "monotone/solution/v1")
    let mdp = try #require(document["mdp"] as? [String: Any])
    #expect(Set(mdp.keys) == ["name", "states", "actions", "discount"])
    for key in ["stateValues", "actionValues", "advantages", "visitation"] {
      let map = try #require(document[key] as? [String: Any])
      #expect(Set(map.keys) == ["cool", "warm", "overheated"], "\(key)")
    }
    // By rational elimination: V(warm) = −965/161, Q(cool, slow) = 457/322, ρ(overheated) = 810/161.
    let values = try #require(document["stateValues"] as? [String: Double])
    #expect(abs((values["warm"] ?? 0) + 965.0 / 161) < 1e-12)
    #expect(values["overheated"] == 0)
    let actionValues = try #require(document["actionValues"] as? [String: [String: Double]])
    #expect(abs((actionValues["cool"]?["slow"] ?? 0) - 457.0 / 322) < 1e-12)
    #expect(actionValues["overheated"]?.isEmpty == true)
    let visitation = try #require(document["visitation"] as? [String: Double])
    #expect(abs((visitation["overheated"] ?? 0) - 810.0 / 161) < 1e-12)
  }

  @Test("check --json has the keys of the format for every claim")
  func check() throws {
    let result = try CommandRunner.run([
      "check", "mdps/racing.json", "--current", "uniform", "--candidate", "greedy(uniform)",
      "--json", "--arithmetic", "float64",
    ])
    #expect(result.status == 0 && result.errors.isEmpty)
    let document = try result.json()
    #expect(document["schema"] as? String == "monotone/check/v2")
    #expect(document["arithmetic"] as? String == "float64")
    let quantities = try #require(document["quantities"] as? [String: Any])
    #expect(
      Set(quantities.keys) == [
        "returnCurrent", "returnCandidate", "surrogate", "policyAdvantage", "maxAdvantage",
        "maxExpectedAdvantage", "penaltyCoefficient", "maxTotalVariation", "meanTotalVariation",
        "maxKL", "meanKL", "maxReverseKL", "meanReverseKL",
      ])
    #expect(quantities["maxKL"] as? String == "infinity")
    let claims = try #require(document["claims"] as? [[String: Any]])
    let keys: Set<String> = [
      "id", "kind", "bound", "upperBound", "margin", "looseness", "verdict", "rigorous",
      "arithmetic", "witness", "assumption",
    ]
    #expect(claims.allSatisfy { keys.isSubset(of: $0.keys) })
    let verdicts = Set(claims.compactMap { $0["verdict"] as? String })
    #expect(verdicts == ["holds", "notApplicable"])
    #expect(claims.allSatisfy { $0["rigorous"] as? Bool == false })
    let kl = try #require(claims.first { $0["id"] as? String == "kl" })
    #expect(kl["bound"] as? String == "-infinity" && kl["upperBound"] as? String == "infinity")
    #expect(document["improved"] as? String == "holds")
  }

  @Test(
    "A conversion there and back is the same model",
    arguments: ["racing", "frozen-lake-4x4", "garnet-30-4-5", "gamblers-problem"])
  func convert(name: String) throws {
    try TemporaryFolder.with { folder in
      let original = "mdps/\(name).json"
      let dense = folder.appendingPathComponent("dense.json").path
      let sparse = folder.appendingPathComponent("sparse.json").path
      for (from, form, to) in [(original, "dense", dense), (dense, "sparse", sparse)] {
        let result = try CommandRunner.run(["convert", from, "--to", form, "--output", to])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try CommandRunner.run(["validate", to]).status == 0)
      }
      // The dense form has one table of rewards, so the files differ, and sums of rewards may be
      // rounded at another place; the models are the same.
      let solutions = try [original, dense, sparse].map {
        try CommandRunner.run([
          "solve", $0, "--policy", "random(3)", "--json", "--arithmetic", "float64",
        ]).json()
      }
      for key in ["stateValues", "visitation", "actionValues"] {
        let values = try solutions.map { Self.numbers(try #require($0[key])) }
        #expect(!values[0].isEmpty && values[0].count == values[1].count)
        for (first, others) in zip(values[0], zip(values[1], values[2])) {
          #expect(abs(first - others.0) <= 1e-12 * max(1, abs(first)), "\(key)")
          #expect(abs(first - others.1) <= 1e-12 * max(1, abs(first)), "\(key)")
        }
      }
    }
  }

  @Test("solve shows enclosures and exact fractions")
  func rigour() throws {
    let exact = try CommandRunner.run([
      "solve", "mdps/racing.json", "--json", "--arithmetic", "exact",
    ])
    let value = try #require(try exact.json()["return"] as? [String: Any])
    #expect(value["exact"] as? String == "75/161")
    #expect(abs((value["approximate"] as? Double ?? 0) - 75.0 / 161) < 1e-15)
    for arithmetic in ["certified", "auto"] {
      let enclosed = try CommandRunner.run([
        "solve", "mdps/racing.json", "--json", "--arithmetic", arithmetic,
      ])
      let ball = try #require(try enclosed.json()["return"] as? [String: Double])
      let (midpoint, radius) = (try #require(ball["midpoint"]), try #require(ball["radius"]))
      #expect(abs(midpoint - 75.0 / 161) <= radius && radius < 1e-12)
    }
  }

  @Test("A state of no weight takes nothing from the return that is shown")
  func unreachable() throws {
    // From a: 0 now, then 1 in each step from the second on: γ/(1−γ) = 19 for γ = 0.95.
    let model = """
      {"schema": "monotone/mdp/v1", "name": "dead", "discount": 0.95, "states": ["a", "b", "dead"], \
      "actions": ["go"], "initial": {"a": 1}, "transitions": [\
      {"from": "a", "action": "go", "to": {"b": 1}}, \
      {"from": "b", "action": "go", "to": {"b": 1}, "reward": 1}, \
      {"from": "dead", "action": "go", "to": {"dead": 1}, "reward": -1e14}]}
      """
    let solved = try CommandRunner.shell("printf '%s' '\(model)' | \"$0\" solve -")
    #expect(solved.status == 0)
    #expect(solved.output.hasPrefix("discounted return 19 of policy uniform (exact)\n"))
  }

  @Test("An exact return is shown with all its digits")
  func digits() throws {
    let model = """
      {"schema": "monotone/mdp/v1", "name": "cents", "discount": 0.9999, "states": ["s"], \
      "actions": ["x", "y"], "initial": {"s": 1}, "transitions": [\
      {"from": "s", "action": "x", "to": {"s": 1}, "reward": 10000000}, \
      {"from": "s", "action": "y", "to": {"s": 1}, "reward": 10000001}]}
      """
    let solved = try CommandRunner.shell(
      "printf '%s' '\(model)' | \"$0\" solve - --policy optimal --arithmetic exact")
    #expect(solved.output.hasPrefix("discounted return 100000010000 of policy optimal (exact)\n"))
  }

  @Test("check proves every claim and says with which arithmetic")
  func proofs() throws {
    for (arithmetic, deciders) in [
      ("auto", ["certified", "exact"]), ("exact", ["exact"]), ("float64", ["float64"]),
    ] {
      let result = try CommandRunner.run([
        "check", "mdps/strens-chain.json", "--current", "uniform", "--candidate",
        "mix(0.1, uniform, optimal)", "--json", "--arithmetic", arithmetic,
      ])
      #expect(result.status == 0, "\(result.errors)")
      let claims = try #require(try result.json()["claims"] as? [[String: Any]])
      for claim in claims where claim["verdict"] as? String != "notApplicable" {
        #expect(claim["verdict"] as? String == "holds")
        #expect(claim["rigorous"] as? Bool == (arithmetic != "float64"))
        #expect(deciders.contains(claim["arithmetic"] as? String ?? ""))
      }
    }
  }

  /// All numbers of a JSON value, by ascending key.
  private static func numbers(_ value: Any) -> [Double] {
    guard let map = value as? [String: Any] else { return (value as? Double).map { [$0] } ?? [] }
    return map.sorted { $0.key < $1.key }.flatMap { numbers($0.value) }
  }

  @Test("generate garnet gives the same valid file for the same seed")
  func generate() throws {
    let arguments = [
      "generate", "garnet", "--states", "12", "--actions", "3", "--branching", "4", "--rewards",
      "transition", "--discount", "9/10",
    ]
    let first = try CommandRunner.run(arguments + ["--seed", "5"])
    let second = try CommandRunner.run(arguments + ["--seed", "5"])
    let other = try CommandRunner.run(arguments + ["--seed", "6"])
    #expect(first.status == 0)
    #expect(first.output == second.output)
    #expect(first.output != other.output)
    let validation = try CommandRunner.run(["validate", "-"], input: first.output)
    #expect(validation.status == 0, "\(validation.output)")
  }

  @Test("Every model and policy of the repository is valid")
  func validate() throws {
    let folder = CommandRunner.root.appendingPathComponent("mdps")
    for (sub, least) in [("", 20), ("counterexamples", 20), ("attainment", 18), ("harmful", 4)] {
      let path = folder.appendingPathComponent(sub).path
      let files = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".json") }.map { "\(path)/\($0)" }
      #expect(files.count >= least)
      let result = try CommandRunner.run(["validate"] + files)
      #expect(result.status == 0, "\(result.output) \(result.errors)")
    }
  }

  @Test("verify writes a whole report, the same bytes each time, and report writes it again")
  func verify() throws {
    try TemporaryFolder.with { folder in
      let paths = [
        "mdps/racing.json", "mdps/kakade-2003.json",
        "mdps/counterexamples/total-variation-constant-2.refutation.json",
        "mdps/attainment/coupling.attainment.json", "mdps/attainment/kl.attainment.json",
      ]
      let reports = ["one", "two", "three"].map { folder.appendingPathComponent($0) }
      for report in reports[0...1] {
        let result = try CommandRunner.run(["verify"] + paths + ["--output", report.path])
        #expect(result.status == 0, "\(result.errors)")
      }
      let again = try CommandRunner.run([
        "report", reports[0].appendingPathComponent("verification.json").path,
        "--output", reports[2].path,
      ])
      #expect(again.status == 0, "\(again.errors)")
      for name in ["verification.json", "junit.xml", "summary.md", "index.html", "results.js"] {
        let contents = try reports.map { try Data(contentsOf: $0.appendingPathComponent(name)) }
        #expect(!contents[0].isEmpty)
        #expect(contents[0] == contents[1], "\(name) differs between runs")
        #expect(contents[0] == contents[2], "\(name) differs when written again")
      }
      #expect(
        FileManager.default.fileExists(
          atPath: reports[0].appendingPathComponent("environment.json").path))
      let page = try String(
        contentsOf: reports[0].appendingPathComponent("index.html"), encoding: .utf8)
      #expect(!page.contains(folder.path), "the report names a path of the machine")
      #expect(!page.contains("/../"), "a path is not in its shortest form")
      #expect(page.contains("<section id=\"rules\"") && page.contains("<h3>racing</h3>"))
      #expect(page.contains("<section id=\"attainment\"") && page.contains("= 1, exactly"))
      let summary = try String(
        contentsOf: reports[0].appendingPathComponent("summary.md"), encoding: .utf8)
      #expect(
        summary.contains(
          "| `coupling` | coupling-hundredth on coupling-family | = 1, exactly | 1, attained |"))
      #expect(summary.contains("| `kl` | fork on fork | 0.49999850000"))
    }
  }

  @Test(
    "report refuses what is not a verification",
    arguments: ["{}", "[", #"{"schema": "monotone/verification/v9"}"#])
  func badReport(_ text: String) throws {
    try TemporaryFolder.with { folder in
      let output = folder.appendingPathComponent("r")
      let result = try CommandRunner.run(["report", "-", "--output", output.path], input: text)
      #expect(result.status == 65, "\(result.errors)")
      #expect(
        !FileManager.default.fileExists(atPath: output.appendingPathComponent("index.html").path))
    }
  }

  @Test("Every command explains itself, with an example")
  func help() throws {
    for command in ["solve", "check", "verify", "report", "validate", "convert", "generate garnet"]
    {
      let result = try CommandRunner.run(
        command.split(separator: " ").map(String.init) + ["--help"])
      #expect(result.status == 0)
      #expect(result.output.contains("Example"), "\(command)")
    }
    for shell in ["bash", "zsh", "fish"] {
      let result = try CommandRunner.run(["--generate-completion-script", shell])
      #expect(result.status == 0 && result.output.contains("monotone"))
    }
  }
}
