#if Distributed
  internal import MonotoneArithmetic
  internal import MonotoneFiles
  internal import MDPFormats

  /// The numbers of one process's states, as a `.npz` of named arrays.
  package struct DistributedShard: Sendable {
    /// The number of its first state in the model.
    let firstState: Int
    /// V̂ by state.
    var stateValues: [Double]
    /// ρ̂ by state; empty where it was not computed.
    var visitation: [Double]
    /// Q̂ by pair.
    var actionValues: [Double]
    /// π by pair.
    var policy: [Double]
    /// Where the pairs of each state start, and the last one's end.
    let pairStart: [Int]
    /// The action of each pair, as in the file; −1 in terminal states.
    let pairAction: [Int32]

    /// The results of a policy, and a bound on |Q − Q̂| over all processes.
    static func of(
      values: [Double], valueRadius: Double, visits: [Double], _ model: DistributedModel,
      _ policy: DistributedPolicy
    ) -> (shard: DistributedShard, radius: Double) {
      let part = model.part
      var shard = DistributedShard(values: values, policy: policy, model)
      shard.visitation = visits
      shard.actionValues.reserveCapacity(part.pairCount)
      let residual = BellmanResidual(model, values: values)
      var worst = 0.0
      for state in 0..<model.order {
        for pair in part.pairs(of: state) {
          let next = residual.difference(state: state, pair: pair) + TrackedDouble(values[state])
          shard.actionValues.append(next.value)
          worst = .greatest(worst, next.isKnown ? next.error : .infinity)
        }
      }
      // Q − Q̂ = γP(V − V̂), and the rounding of Q̂.
      let reach = TrackedDouble(valueRadius) + TrackedDouble(worst)
      return (shard, model.communicator.largest([reach.size])[0])
    }

    /// V̂ and a policy alone, from which another run can begin.
    init(values: [Double], policy: DistributedPolicy, _ model: DistributedModel) {
      let part = model.part
      firstState = part.states.lowerBound
      stateValues = values
      visitation = []
      actionValues = []
      pairStart = part.pairStart
      pairAction = part.action
      self.policy = []
      self.policy.reserveCapacity(part.pairCount)
      for state in 0..<model.order {
        let pairs = part.pairs(of: state)
        var total = 0.0
        for (place, pair) in pairs.enumerated() {
          total += policy.weight(state: state, place: place, pair: pair)
        }
        for (place, pair) in pairs.enumerated() {
          self.policy.append(policy.weight(state: state, place: place, pair: pair) / total)
        }
      }
    }

    /// Nothing yet of the states of a part.
    init(_ part: ModelPart) {
      firstState = part.states.lowerBound
      (stateValues, visitation, actionValues, policy) = ([], [], [], [])
      pairStart = part.pairStart
      pairAction = part.action
    }

    /// The file.
    func bytes() throws(ArchiveOverflow) -> [UInt8] {
      var archive = ZipWriter()
      func add(_ name: String, _ bytes: [UInt8]) {
        archive.add("\(name).npy", bytes, compresses: false)
      }
      func add(_ name: String, _ values: [Double]) {
        if !values.isEmpty { add(name, NPYBytes.doubles(values, shape: [values.count])) }
      }
      add("firstState", NPYBytes.integers([firstState]))
      add("pairStart", NPYBytes.integers(pairStart))
      add("pairAction", NPYBytes.integers(pairAction))
      add("V", stateValues)
      add("rho", visitation)
      add("Q", actionValues)
      add("policy", policy)
      return try archive.finish()
    }
  }
#endif
