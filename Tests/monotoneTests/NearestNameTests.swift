import Foundation
import TestSupport
import Testing

/// Typing errors, and files that happen to be there.
@Suite("Nearest names", .tags(.slow))
struct NearestNameTests {
  @Test(
    "A typing error is answered with the nearest name",
    arguments: [
      (["slove", "mdps/racing.json"], 64, "did you mean \"solve\"?"),
      (["generate", "garnt"], 64, "did you mean \"garnet\"?"),
      (["solve", "mdps/racng.json"], 66, "did you mean \"mdps/racing.json\"?"),
      (["solve", "mdps/racing.json", "--policy", "optiml"], 66, "did you mean \"optimal\"?"),
      (["solve", "mdps/racing.json", "--policy", "gredy(uniform)"], 66, "\"greedy(uniform)\"?"),
      (
        ["solve", "mdps/racing.json", "--policy", "mix(0.1, unifrom, optimal)"], 66,
        "did you mean \"uniform\"?"
      ),
      (["solve", "mdps/racing.json", "--arithmetic", "exat"], 64, "Did you mean 'exact'?"),
      (["train", "cartpole-v1"], 66, "did you mean \"CartPole-v1\"?"),
      (["train", "CartPole-v1", "--preset", "papr"], 64, "did you mean \"paper\"?"),
      (["train", "CartPole-v1", "--estimator", "vne"], 64, "did you mean \"vine\"?"),
      (["train", "CartPole-v1", "--hidden", "[64, 64]"], 64, "with commas between: 64,64"),
      (["improve", "mdps/racing.json", "--rule", "penlty"], 64, "did you mean \"penalty\"?"),
      (["fuzz", "--property", "pinskr"], 64, "did you mean \"pinsker\"?"),
    ] as [([String], Int32, String)])
  func typing(arguments: [String], status: Int32, hint: String) throws {
    let result = try CommandRunner.run(arguments)
    #expect(result.status == status && result.errors.contains(hint), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test("A negative number is a value, whether it may be one or not")
  func negative() throws {
    let delta = ["improve", "mdps/racing.json", "--rule", "mean-kl", "--delta", "-1"]
    let result = try CommandRunner.run(delta)
    #expect(
      result.status == 64 && result.errors.contains("--delta must "), "\(result.errors)")
    let cases = try CommandRunner.run(["fuzz", "--cases", "-.5"])
    #expect(cases.status == 64 && cases.errors.contains("'-.5' is invalid"), "\(cases.errors)")
  }

  @Test("States, actions and keys of files")
  func names() throws {
    let policy =
      #"{"schema": "monotone/policy/v1", "mdp": "racing", "probabilities": {"cool": {"slow": 1}, "wram": {"fsat": 1}}}"#
    let result = try CommandRunner.run(
      ["solve", "mdps/racing.json", "--policy", "-"], input: policy)
    #expect(result.status == 65 && result.errors.contains("did you mean \"warm\"?"))
    #expect(result.errors.contains("did you mean \"fast\"?"))
    let key = try CommandRunner.run(
      ["solve", "mdps/racing.json", "--policy", "-"],
      input: policy.replacingOccurrences(of: "\"probabilities\"", with: "\"probabilites\""))
    #expect(key.errors.contains("did you mean \"probabilities\"?"), "\(key.errors)")
  }

  @Test("Files that are no models are named and skipped in a folder, or refused")
  func strays() throws {
    try TemporaryFolder.with { folder in
      let racing = try String(
        contentsOf: CommandRunner.root.appendingPathComponent("mdps/racing.json"), encoding: .utf8)
      let models = folder.appendingPathComponent("models")
      try FileManager.default.createDirectory(
        at: models.appendingPathComponent("more"), withIntermediateDirectories: true)
      func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: models.appendingPathComponent(name))
      }
      try write("racing.json", racing)
      try write("p.policy.json", "{}")
      func verify(_ more: [String] = []) throws -> CommandRunner.Result {
        try CommandRunner.run(
          [
            "verify", models.path, "--rule-iterations", "0", "--arithmetic", "float64", "--output",
            folder.appendingPathComponent("report").path,
          ] + more)
      }
      let strays = ["README", "a.csv", "b.txt", ".DS_Store", "._racing.json", "package.json"]
      for name in strays {
        try write(name, name.hasSuffix("package.json") ? #"{"name": "x"}"# : "x")
      }
      let result = try verify()
      #expect(result.status == 0 || result.status == 3, "\(result.errors)")
      for name in strays + ["more"] {
        #expect(result.errors.contains("models/\(name)"), "\(name): \(result.errors)")
      }
      let skipped = try #require(
        result.errors.split(separator: "\n").first { $0.hasPrefix("skipped, ") })
      #expect(!skipped.contains("p.policy.json") && !skipped.contains("/racing.json"))
      let strict = try verify(["--strict"])
      #expect(
        strict.status == 65 && strict.errors.contains("models/a.csv") && strict.output.isEmpty)
      // A model that is broken is no stray.
      try write("broken.json", racing.replacingOccurrences(of: "\"discount\"", with: "\"discont\""))
      #expect(try verify().status == 65)
      try write("broken.json", "{")
      #expect(try verify().status == 65)
    }
  }
}
