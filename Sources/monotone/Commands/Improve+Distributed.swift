import ArgumentParser
import MDPFormats

#if Distributed
  import DistributedSolvers
#endif

/// `improve --distributed`.
extension Improve {
  /// Refuses options that a distributed run does not have.
  func requireDistributed() throws {
    try require(untilGap != nil, "--distributed needs --until-gap, such as --until-gap 1e-6")
    let given: KeyValuePairs = [
      "--rule": rule != nil, "--threads": threads != nil, "--delta": delta != nil,
      "--step": step != nil,
      "--alpha": alpha != nil, "--trace": trace != nil,
      "--arithmetic \(arithmetic.arithmetic)":
        ![.auto, .certified].contains(arithmetic.arithmetic),
    ]
    if let option = given.first(where: \.value) {
      throw ValidationError("\(option.key) does not go with --distributed")
    }
  }

  #if Distributed
    func runDistributed() throws {
      let document = try DistributedJob.run(
        mdp, reading.configuration, petsc: distribution.petsc, output: output, json: result.json,
        overwrites: overwrites
      ) { run, folder in
        try run.improve(
          untilGap: untilGap ?? 0, iterations: iterations ?? 1000,
          from: policy == "uniform" ? nil : policy,
          output: folder)
      }
      if document.converged != true { try ExitStatus.undecided.leave() }
    }
  #endif
}
