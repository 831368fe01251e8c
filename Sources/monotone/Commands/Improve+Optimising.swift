import ArgumentParser
import MonotoneFiles
import MDPFormats
import MDPVerification
import MonotoneLinearAlgebra
import MonotoneReports

/// `improve --until-gap` without a rule.
extension Improve {
  /// Refuses options that go with a rule alone.
  func requireRuleless() throws {
    guard untilGap != nil else {
      throw ValidationError(
        "give --rule for steps of an improvement rule, or --until-gap for a policy that is proved to be that near "
          + "an optimal one")
    }
    let given = [
      ("--policy", policy != "uniform"), ("--iterations", iterations != nil),
      ("--delta", delta != nil), ("--step", step != nil), ("--alpha", alpha != nil),
      ("--trace", trace != nil), ("--force", arithmetic.force),
      ("--strict", demand.strict),
      ("--arithmetic exact", arithmetic.arithmetic == .exact),
    ]
    if let (option, _) = given.first(where: \.1) {
      throw ValidationError(
        "\(option) goes with --rule; without a rule the gap is proved by bounds on the rounding of float64"
      )
    }
  }

  /// Finds a policy that is proved to be near an optimal one.
  func optimise(within gap: Double) throws {
    let policyFile = try output.map {
      try OutputFile(
        $0, as: $0.hasSuffix(".npy") ? .array : .policy, inputs: [mdp], overwrites: overwrites)
    }
    var times = timing.start()
    let model = try LoadedModel(mdp, reading.configuration)
    times.end("reading")
    Interruption.watch()
    let document = try OptimumDocument(
      optimising: model, within: gap, threads: threads ?? ProcessorCores.count, monitor: .console)
    times.end("solving")
    if let policyFile, let output {
      try policyFile.write(
        output.hasSuffix(".npy")
          ? NPYWriter.write(document.policy)
          : Array(PolicyWriter.write(document.policy, mdp: model.document.name).utf8))
    }
    try Console.output(
      result.json ? try ResultJSON.text(document) : OptimumText.render(document))
    times.end("writing")
    if document.interrupted {
      throw CommandFailure("interrupted; the policy so far is kept", .interrupted)
    }
    if !document.isReached { try ExitStatus.undecided.leave() }
  }
}
