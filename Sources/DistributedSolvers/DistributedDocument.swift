#if Distributed
  package import MonotoneArithmetic

  /// The result of a distributed run, as JSON: all but the numbers of states, which stand in one `.npz` for
  /// each process.
  package struct DistributedDocument: Encodable, Sendable {
    /// The name and version of the format.
    package static let schema = "monotone/distributed/v1"

    /// A model, as far as the result tells of it.
    package struct Model: Encodable, Sendable {
      package var name: String
      package var states: Int
      package var choices: Int
      package var branches: Int
      package var discount: String
    }

    /// A file that was read.
    package struct Input: Encodable, Sendable {
      package var file: String
      package var bytes: Int
      /// The SHA-256 of the SHA-256s of its blocks of 4 MiB.
      package var blockHash: String
    }

    /// The share and the work of one process.
    package struct Process: Encodable, Sendable {
      package var rank: Int
      package var states: Int
      package var pairs: Int
      package var entries: Int
      /// States of other processes whose values it needs.
      package var ghosts: Int
      /// The most memory it had, in bytes, files that it mapped included.
      package var peakBytes: Int
      /// Seconds by part of the run.
      package var seconds: [String: Double]
      /// How often each part was entered.
      package var calls: [String: Int]
      /// The file of its numbers; nil where none was asked for.
      package var file: String?
    }

    package var schema = Self.schema
    package var command: String
    package var mdp: Model
    package var policy: String
    /// η of the policy.
    package var expectedReturn: Quantity
    /// A bound on |V − V̂| in every state.
    package var valueRadius: Double?
    /// A bound on |Q − Q̂| of every pair.
    package var actionValueRadius: Double?
    /// A bound on Σ |ρ − ρ̂|.
    package var visitationRadius: Double?
    /// A bound on V* − V in every state; nil where the policy was given.
    package var optimalityGap: Double?
    /// Improvements of the policy.
    package var iterations: Int?
    /// Whether the gap that was asked for was reached.
    package var converged: Bool?
    package var linearIterations: Int
    /// Anything that ran otherwise than planned; nil where nothing did.
    package var remarks: [String]?
    package var inputs: [Input]
    package var processes: [Process]

    private enum CodingKeys: String, CodingKey {
      case schema, command, mdp, policy
      case expectedReturn = "return"
      case valueRadius, actionValueRadius, visitationRadius, optimalityGap, iterations, converged
      case linearIterations, remarks, inputs, processes
    }

    /// A bound as it may be printed: the shortest decimal of the next number lies above it. Nil where it is
    /// not finite.
    static func printable(_ bound: Double) -> Double? {
      let next = bound == 0 ? 0 : bound.nextUp
      return next.isFinite ? next : nil
    }
  }
#endif
