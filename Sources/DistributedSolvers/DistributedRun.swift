#if Distributed
  internal import MonotoneArithmetic
  internal import MonotoneFiles
  package import MDPFormats
  internal import MonotoneLinearAlgebra

  /// A model that is spread over the processes of a job, and what is computed of it.
  package struct DistributedRun {
    /// The processes of the job.
    package let communicator: Communicator
    private let model: DistributedModel
    private let summary: DistributedDocument.Model
    private let inputs: [DistributedDocument.Input]
    private var clock: DistributedClock

    /// Reads the part of this process.
    ///
    /// - Throws: ``RunFailure``, or ``OtherProcessFailed``.
    package init(
      _ path: String, _ reading: MDPReaderConfiguration, _ communicator: Communicator
    ) throws {
      self.communicator = communicator
      var clock = DistributedClock()
      // The files stay mapped no longer than they are read.
      let (summary, paths, part) = try communicator.together { () throws(RunFailure) in
        try clock.measure(.reading) { () throws(RunFailure) in
          let source = try PartedModel(path, reading)
          guard source.discount < ExactNumber(1) else {
            throw RunFailure(
              "\(path): a distributed run needs a discount below 1; give one with --discount",
              .badData)
          }
          let states = source.states(ofRank: communicator.rank, of: communicator.size)
          return (
            DistributedDocument.Model(source), source.paths, try source.read(states)
          )
        }
      }
      self.summary = summary
      model = clock.measure(.connecting) { DistributedModel(part, communicator) }
      inputs = try clock.measure(.hashing) {
        try paths.map { try BlockHash.input($0, communicator) }
      }
      self.clock = clock
    }

    /// Evaluates a policy.
    ///
    /// - Parameters:
    ///   - folder: The result of another run, whose policy is meant; nil for the uniform policy.
    ///   - output: Where the numbers of states go; nil for nowhere.
    package mutating func solve(
      policyOf folder: String?, output: DistributedOutput?
    ) throws -> DistributedDocument {
      let start = try earlier(folder)
      let policy = start.map { DistributedPolicy.weights($0.policy) } ?? .uniform
      let evaluation = try DistributedEvaluation(model, policy, clock: &clock)
      let results = clock.measure(.proof) {
        DistributedShard.of(
          values: evaluation.values, valueRadius: evaluation.valueRadius,
          visits: evaluation.visits, model, policy)
      }
      var document = document("solve", policy: folder ?? "uniform")
      document.expectedReturn = model.expectedReturn(
        values: evaluation.values, radius: evaluation.valueRadius)
      document.valueRadius = DistributedDocument.printable(evaluation.valueRadius)
      document.actionValueRadius = DistributedDocument.printable(results.radius)
      document.visitationRadius = DistributedDocument.printable(evaluation.visitationRadius)
      document.linearIterations = evaluation.linearIterations
      document.remarks = evaluation.remarks.isEmpty ? nil : evaluation.remarks
      return try finish(document, results.shard, output)
    }

    /// Finds a policy that is proved to be near an optimal one.
    ///
    /// With an output, the policy of each step is kept there, from which another run can go on.
    ///
    /// - Parameters:
    ///   - gap: How near every state's value is to be to the optimal one.
    ///   - limit: The most steps.
    ///   - folder: The result of another run to begin from, or what one that was ended left.
    package mutating func improve(
      untilGap gap: Double, iterations limit: Int, from folder: String?, output: DistributedOutput?
    ) throws -> DistributedDocument {
      let start = try earlier(folder)
      let (model, communicator) = (model, communicator)
      let found = try InexactPolicyIteration(
        model, from: start, untilGap: gap, iterations: limit, clock: &clock
      ) { step, clock in
        guard let output else { return }
        try clock.measure(.writing) {
          let shard = DistributedShard(
            values: step.values, policy: .deterministic(step.choices), model)
          try output.write(shard, .policy, communicator)
        }
      }
      let results = clock.measure(.proof) {
        DistributedShard.of(
          values: found.values, valueRadius: found.valueRadius, visits: [], model,
          .deterministic(found.choices))
      }
      var document = document("improve", policy: "improved")
      document.expectedReturn = model.expectedReturn(
        values: found.values, radius: found.valueRadius)
      document.valueRadius = DistributedDocument.printable(found.valueRadius)
      document.actionValueRadius = DistributedDocument.printable(results.radius)
      document.optimalityGap = DistributedDocument.printable(found.gap)
      document.iterations = found.iterations
      document.converged = found.converged
      document.linearIterations = found.linearIterations
      document.remarks = found.remarks.isEmpty ? nil : found.remarks
      return try finish(document, results.shard, output)
    }

    /// The results that an earlier run left.
    private func earlier(_ folder: String?) throws -> DistributedShard? {
      guard let folder else { return nil }
      let part = model.part
      return try communicator.together { () throws(RunFailure) in
        try DistributedShard.read(folder, for: part)
      }
    }

    private func document(_ command: String, policy: String) -> DistributedDocument {
      DistributedDocument(
        command: command,
        mdp: summary,
        policy: policy, expectedReturn: .unknown, linearIterations: 0, inputs: inputs, processes: []
      )
    }

    /// Writes the shards and the document, which appears when all of them are there.
    private mutating func finish(
      _ document: DistributedDocument, _ shard: DistributedShard, _ output: DistributedOutput?
    ) throws -> DistributedDocument {
      var document = document
      if let output {
        try clock.measure(.writing) { try output.write(shard, .result, communicator) }
      }
      document.processes = processes(output)
      return document
    }

    private func processes(_ output: DistributedOutput?) -> [DistributedDocument.Process] {
      let stages = DistributedClock.Stage.allCases
      let part = model.part
      let own =
        [
          Double(model.order), Double(part.pairCount), Double(part.nextState.count),
          Double(model.ghosts.count), Double(ProcessMemory.peak),
        ] + stages.map(clock.seconds) + stages.map { Double(clock.calls($0)) }
      return communicator.gather(own).enumerated().map { rank, numbers in
        let whole = numbers.map { Int(clamping: $0) }
        return DistributedDocument.Process(
          rank: rank, states: whole[0], pairs: whole[1], entries: whole[2], ghosts: whole[3],
          peakBytes: whole[4],
          seconds: Dictionary(
            uniqueKeysWithValues: zip(stages.map(\.rawValue), numbers.dropFirst(5))),
          calls: Dictionary(
            uniqueKeysWithValues: zip(
              stages.map(\.rawValue), whole.dropFirst(5 + stages.count))),
          file: output.map { _ in
            DistributedOutput.Kind.result.name(rank + 1, of: communicator.size)
          })
      }
    }
  }

  extension DistributedDocument.Model {
    fileprivate init(_ source: PartedModel) {
      self.init(
        name: source.name, states: source.stateCount, choices: source.choiceCount,
        branches: source.branchCount, discount: source.discount.description)
    }
  }

  extension DistributedModel {
    /// η = ρ₀·V, from V̂ of the process's states and a bound on |V − V̂|.
    fileprivate func expectedReturn(values: [Double], radius: Double) -> Quantity {
      var expected = TrackedDouble.zero
      for (start, value) in zip(initial, values) where !start.isExactlyZero {
        expected += start * TrackedDouble(value)
      }
      let sum = communicator.sum(expected).widened(by: TrackedDouble(radius))
      return sum.isKnown ? Quantity(midpoint: sum.value, radius: sum.error) : .unknown
    }
  }
#endif
