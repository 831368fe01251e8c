import ArgumentParser
import MDPFormats
import MDPVerification
import MonotoneReports

#if Distributed
  import DistributedSolvers
#endif

/// `monotone solve`.
struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate a policy: return, values, advantages, visitation.",
    discussion: """
      Computes the return, the state values, the action values, the advantages and the discounted \
      state visitation of a policy, with a bound on their error.

      --output writes the numbers as NumPy arrays, with their error bounds: V, rho, Q, A and policy, for \
      models of which JSON would be long.

      Example: monotone solve mdps/racing.json --policy 'mix(0.1, uniform, optimal)'
      Example: monotone solve mdps/racing.json --output solution.npz

      With --distributed, the processes of an MPI job share the states of a large model; each writes the \
      numbers of its states into the folder --output. The policy is uniform, or such a folder.

      Example: mpirun -n 4 monotone solve --distributed model.umb --output result
      """)

  @Argument(help: "The model: an MDP file, or - for standard input.")
  var mdp: String

  @Option(help: "The policy: a file, or a name such as uniform, optimal or greedy(uniform).")
  var policy = "uniform"

  @Option(
    help: ArgumentHelp("Number of states to list in tables; 0 lists none.", valueName: "count"))
  var states = 40

  @Option(
    help: ArgumentHelp(
      "Write V, ρ, Q, A, the policy and error bounds as NumPy arrays to this .npz file; with "
        + "--distributed to this folder.",
      valueName: "file"))
  var output: String?

  @Option(
    help: "Number of threads for large models; the result is the same for any number. (default: 1)")
  var threads: Int?

  @OptionGroup var distribution: DistributedOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var arithmetic: ArithmeticOption
  @OptionGroup var timing: TimingOption
  @OptionGroup var result: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    try OptionRange.require("--states", states, in: 0...1_000_000_000)
    try OptionRange.require("--threads", threads, in: OptionRange.threads)
    if distribution.distributed {
      guard [.auto, .certified].contains(arithmetic.arithmetic) else {
        throw ValidationError(
          "--arithmetic \(arithmetic.arithmetic) does not go with --distributed")
      }
      guard threads == nil else {
        throw ValidationError("--threads does not go with --distributed")
      }
    } else {
      _ = try output.map(SolutionFile.path)
    }
  }

  func run() throws {
    #if Distributed
      if distribution.distributed { return try runDistributed() }
    #endif
    let file = try output.map {
      try SolutionFile(
        $0, inputs: [mdp] + PolicyExpression(argument: policy).files, overwrites: overwrites)
    }
    var times = timing.start()
    let model = try LoadedModel(mdp, reading.configuration, threads: threads ?? 1)
    times.end("reading")
    try arithmetic.rigour.requireAffordable(model)
    let resolver = PolicyResolver(model, arithmetic.rigour, monitor: .console)
    let named = try resolver.policy(policy)
    model.evaluator.didAssemble = { times.end("assembly") }
    var document = try SolutionDocument(evaluating: named, of: model, arithmetic.rigour)
    document.remarks = resolver.remarks
    times.end("solving")
    try file?.write { () throws(ArchiveTooLarge) in try SolutionArchive.bytes(of: document) }
    try Console.output(
      result.json
        ? try ResultJSON.text(document) : SolutionText.render(document, stateLimit: states))
    times.end("writing")
  }

  #if Distributed
    private func runDistributed() throws {
      _ = try DistributedJob.run(
        mdp, reading.configuration, petsc: distribution.petsc, output: output, json: result.json,
        overwrites: overwrites
      ) { run, folder in
        try run.solve(policyOf: policy == "uniform" ? nil : policy, output: folder)
      }
    }
  #endif
}
