#if Distributed
  /// The seconds that one process spends in each part of a run.
  package struct DistributedClock: Sendable {
    /// The parts of a run.
    package enum Stage: String, CaseIterable, Sendable {
      case reading, hashing, connecting, assembly, solver, proof, writing
    }

    private var seconds: [Stage: Double] = [:]
    private var calls: [Stage: Int] = [:]

    package init() {}

    /// The seconds of a part.
    package func seconds(_ stage: Stage) -> Double { seconds[stage] ?? 0 }

    /// How often a part was entered.
    package func calls(_ stage: Stage) -> Int { calls[stage] ?? 0 }

    /// Adds the time of some work to that of a part.
    package mutating func measure<Result, Failure: Error>(
      _ stage: Stage, _ work: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
      calls[stage, default: 0] += 1
      let clock = ContinuousClock()
      let start = clock.now
      defer {
        let time = (clock.now - start).components
        seconds[stage, default: 0] += Double(time.seconds) + Double(time.attoseconds) * 1e-18
      }
      return try work()
    }
  }
#endif
