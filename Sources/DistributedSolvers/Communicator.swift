#if Distributed
  internal import CPETSc
  package import MonotoneArithmetic
  package import MonotoneFiles

  /// The processes of a job, which all make the same calls in the same order.
  package struct Communicator: Sendable {
    /// The number of this process, from 0.
    package let rank: Int
    /// How many processes there are.
    package let size: Int

    /// All processes of the job.
    package init() {
      var (rank, size): (Int32, Int32) = (0, 0)
      PETSc.require(MPI_Comm_rank(monotone_world(), &rank), "MPI_Comm_rank")
      PETSc.require(MPI_Comm_size(monotone_world(), &size), "MPI_Comm_size")
      self.rank = Int(rank)
      self.size = Int(size)
    }

    /// Whether this process speaks for all.
    package var isFirst: Bool { rank == 0 }

    /// The largest of each number over all processes; +∞ as soon as one is NaN.
    package func largest(_ values: [Double]) -> [Double] {
      var values = values.map { $0.isNaN ? .infinity : $0 }
      PETSc.require(monotone_largest(&values, Int32(values.count)), "MPI_Allreduce")
      return values
    }

    /// The numbers of all processes, in the order of their ranks.
    package func gather(_ values: [Double]) -> [[Double]] {
      var all = [Double](repeating: 0, count: values.count * size)
      PETSc.require(monotone_gather(values, Int32(values.count), &all), "MPI_Allgather")
      return (0..<size).map { Array(all[($0 * values.count)..<(($0 + 1) * values.count)]) }
    }

    /// The sum over all processes, added in the order of their ranks.
    package func sum(_ number: TrackedDouble) -> TrackedDouble {
      gather([number.value, number.error]).reduce(.zero) {
        $0 + TrackedDouble(value: $1[0], error: $1[1])
      }
    }

    /// Waits until all processes are here.
    package func barrier() { PETSc.require(monotone_barrier(), "MPI_Barrier") }

    /// The result of a step in this process, once it has succeeded in all of them.
    ///
    /// - Throws: The failure of the step; in a process whose own step succeeded, ``OtherProcessFailed``.
    package func together<Result>(
      _ step: () throws(RunFailure) -> Result
    ) throws -> Result {
      let outcome: Swift.Result<Result, RunFailure>
      do throws(RunFailure) { outcome = .success(try step()) } catch { outcome = .failure(error) }
      // The first process that failed speaks; the others end as it does.
      let causes = OtherProcessFailed.causes
      var (own, cause) = (0.0, 0.0)
      if case .failure(let failure) = outcome {
        own = Double(size - rank)
        cause = Double(causes.firstIndex(of: failure.cause) ?? 0)
      }
      let first = largest([own])[0]
      guard first > 0 else { return try outcome.get() }
      let told = largest([own == first ? cause : 0])[0]
      guard own < first else { return try outcome.get() }
      throw OtherProcessFailed(cause: causes[Int(clamping: told, to: 0...causes.count - 1)])
    }
  }

  /// Another process of the job failed, and says why.
  package struct OtherProcessFailed: Error {
    /// Of what sort its reason is.
    package let cause: RunFailure.Cause

    /// The sorts of reasons, by the numbers that processes tell each other.
    fileprivate static let causes: [RunFailure.Cause] = [
      .internalError, .usage, .badData, .unreadable, .unwritable, .readerGone, .interrupted,
    ]
  }
#endif
