import MDPGuarantees
import MonotoneArithmetic
import MonotoneFiles
import Testing

@testable import MDPVerification

@Suite("Runs of a verification")
struct VerificationRunTests {
  private static let files = [
    "fork.json": Models.fork, "line.json": Models.line,
    // The step from b to a gains 4 with KL = ∞; between policies that take all actions KL is finite.
    "counterexamples/idle.refutation.json": """
    {"schema": "monotone/refutation/v1", "name": "idle", "variant": "pinsker-quarter",
     "description": "No step at all refutes nothing.",
     "mdp": "../line.json", "current": "all.policy.json", "candidate": "all.policy.json"}
    """,
    "counterexamples/all.policy.json": """
    {"schema": "monotone/policy/v1", "mdp": "line", "probabilities": [["1/2", "1/4", "1/4"]]}
    """,
  ]

  /// A run without improvement rules.
  private func run(_ monitor: RunMonitor = .init()) -> VerificationRun {
    var run = VerificationRun()
    run.ruleIterations = 0
    run.monitor = monitor
    return run
  }

  @Test("Two models: every update of the family with every claim, and the closed forms of both")
  func folder() throws {
    try withFiles(Self.files.filter { !$0.key.contains("/") }) { folder in
      let listener = Listener()
      let result = try run(listener.monitor()).verify(VerificationSources([folder]))
      #expect(result.models.map(\.model.name) == ["fork", "line"] && !result.interrupted)
      #expect(result.models.map(\.uniformReturn.approximation) == [1.5, 0])
      #expect(result.models.map(\.optimalReturn.approximation) == [3, 4])
      #expect(result.models.allSatisfy { $0.isOptimumProved && $0.rules.isEmpty })
      #expect(result.worst == .holds && result.count(.violated) == 0)
      let family = UpdateFamily(seed: 1).members
      for model in result.models {
        #expect(model.updates.map(\.label) == family.map(\.label))
        #expect(model.updates[4].check.candidate == family[4].candidate)
        #expect(model.counts.total == family.count * ClaimCatalogue.all.count)
        #expect(
          model.updates[0].command
            == "monotone check \(model.file) --current uniform --candidate 'greedy(uniform)'")
      }
      let last = try #require(listener.progress.dropLast().last)
      #expect(last.hasPrefix("[2/2] ") && listener.progress.last == "")
    }
  }

  @Test("The seed chooses the random policies of the family")
  func seed() throws {
    let policies = { (seed: UInt64) in
      UpdateFamily(seed: seed).members.flatMap { [$0.current, $0.candidate] }
    }
    #expect(policies(1).contains("random(1)") && !policies(9).contains("random(1)"))
    #expect(policies(.max).contains("random(\(UInt64.max))"))
  }

  @Test("A run that is stopped keeps what is done, and says that it was interrupted")
  func stopped() throws {
    try withFiles(Self.files) { folder in
      let sources = try VerificationSources([folder])
      let whole = try run().verify(sources)
      #expect(whole.models.count == 2 && whole.refutations.count == 1)
      // One model is done, and perhaps the other on another core; what comes after them never begins.
      let part = try run(Listener().monitor(stopping: true)).verify(sources)
      #expect(part.interrupted && part.refutations.isEmpty && !part.models.isEmpty)
      for model in part.models { #expect(whole.models.contains(model)) }
      let none = try run(RunMonitor(isStopped: { true })).verify(sources)
      #expect(none.interrupted && none.models.isEmpty && none.worst == .holds)
    }
  }

  @Test("A counterexample that refutes nothing is a violation")
  func refutation() throws {
    try withFiles(Self.files) { folder in
      let file = "\(folder)/counterexamples/idle.refutation.json"
      let result = try run().verify(VerificationSources([file]))
      let refutation = try #require(result.refutations.first)
      #expect(refutation.model == "line" && !refutation.refutes && result.worst == .violated)
      #expect(refutation.command.contains("monotone check \(folder)/line.json "))
      #expect(refutation.command.contains("--variant pinsker-quarter"))
    }
  }

  @Test("A name that no variant has is answered with the nearest, and stops the run")
  func unknownVariant() throws {
    var files = Self.files
    let name = "counterexamples/idle.refutation.json"
    files[name] = files[name]?.replacing("\"pinsker-quarter\"", with: "\"pinsker-quartr\"")
    try withFiles(files) { folder in
      let failure = #expect(throws: RunFailure.self) {
        try run().verify(VerificationSources(["\(folder)/\(name)"]))
      }
      #expect(failure?.cause == .badData)
      #expect(failure?.message.contains("did you mean \"pinsker-quarter\"?") == true)
    }
  }

  @Test("Updates without values are left out, and named")
  func endless() throws {
    try withFiles(["door.json": Models.door]) { folder in
      let listener = Listener()
      let result = try run(listener.monitor()).verify(VerificationSources([folder]))
      let model = try #require(result.models.first)
      #expect(model.uniformReturn.approximation == 2 && model.optimalReturn.approximation == 2)
      #expect(model.counts.violated == 0)
      let labels = UpdateFamily(seed: 1).members.map(\.label)
      #expect(model.updates.map(\.label) == Array(labels.dropFirst()))
      #expect(listener.notes.count == 1)
      #expect(listener.notes[0].contains("left out \"\(labels[0])\": from state \"in\""))
    }
  }

  @Test(
    "Paths of a file are relative to it, in their shortest form",
    arguments: [
      ("../m.json", "mdps/counterexamples/x.json", "mdps/m.json"), ("m.json", "x.json", "m.json"),
      ("./a/../m.json", "mdps/x.json", "mdps/m.json"), ("../../m.json", "a/x.json", "../m.json"),
      ("/m.json", "mdps/x.json", "/m.json"), ("../m.json", "/mdps/x.json", "/m.json"),
      ("../../m.json", "/mdps/x.json", "/m.json"), ("m.json", "../x.json", "../m.json"),
    ])
  func paths(_ relative: String, _ file: String, _ expected: String) {
    #expect(VerificationRun.path(relative, relativeTo: file) == expected)
  }
}
