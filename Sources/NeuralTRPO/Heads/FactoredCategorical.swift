public import MonotoneProbability
internal import RealModule

/// Independent categorical choices, each a softmax of its own logits; with one factor the plain
/// categorical distribution.
///
///     π(a) = Π_f exp(y_f[a_f]) / Σ exp y_f
///
/// The metric of a factor is diag p − p pᵀ.
public struct FactoredCategorical: PolicyHead {
  /// The number of choices of each factor.
  public let factors: [Int]

  /// Factors of the given sizes.
  public init(choices: [Int]) {
    precondition(
      !choices.isEmpty && choices.allSatisfy { $0 > 0 }, "no categorical has choices \(choices)")
    factors = choices
  }

  public var outputs: Int { factors.reduce(0, +) }
  public var actionWidth: Int { factors.count }
  public var parameterCount: Int { 0 }
  public var parameterName: String { "none" }
  public var meaning: String {
    "categorical: the outputs are logits; those of unavailable actions count as -infinity"
  }
  public var choices: [Int]? { factors }

  public func meanDeviation(_ parameters: [Double]) -> Double? { nil }

  /// Calls a body for every row and factor with the place of its logits and ln Σ exp of them.
  @inline(__always) private func forEachFactor<Number: NetworkNumber>(
    _ block: HeadBlock<Number>,
    _ body: (_ row: Int, _ factor: Int, _ place: Int, _ count: Int, _ normaliser: Double) -> Void
  ) {
    var place = 0
    for row in 0..<block.rows {
      for factor in factors.indices {
        let count = factors[factor]
        body(row, factor, place, count, Self.normaliser(block.outputs + place, count))
        place += count
      }
    }
  }

  /// ln Σ exp y, without overflow.
  @inline(__always) private static func normaliser<Number: NetworkNumber>(
    _ logits: UnsafePointer<Number>, _ count: Int
  ) -> Double {
    var largest = Double(logits[0])
    for choice in 0..<count { largest = max(largest, Double(logits[choice])) }
    var sum = 0.0
    for choice in 0..<count { sum += Double.exp(Double(logits[choice]) - largest) }
    return largest + Double.log(sum)
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func sample<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, from streams: inout [RandomStream],
    into actions: UnsafeMutablePointer<Number>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: factors.max() ?? 1) { sums in
      guard let sums = sums.baseAddress else { return }
      var logits = block.outputs
      for row in 0..<block.rows {
        for factor in factors.indices {
          let choice = Self.choice(
            at: streams[row].uniform(), logits, count: factors[factor], sums: sums)
          actions[row * factors.count + factor] = Number(choice)
          logits += factors[factor]
        }
      }
    }
  }

  /// The first choice up to which more than a share of all probability lies; never one of
  /// probability 0.
  ///
  /// - Parameters:
  ///   - share: In [0, 1 − 2⁻⁵³].
  ///   - sums: Room for `count` numbers.
  @inline(__always) static func choice<Number: NetworkNumber>(
    at share: Double, _ logits: UnsafePointer<Number>, count: Int,
    sums: UnsafeMutablePointer<Double>
  ) -> Int {
    var largest = logits[0]
    for choice in 1..<max(count, 1) { largest = max(largest, logits[choice]) }
    var sum = 0.0
    for choice in 0..<count {
      sum += Double.exp(Double(logits[choice]) - Double(largest))
      sums[choice] = sum
    }
    // Below the last sum even when rounded, as the share is below 1 by half an ulp or more.
    let goal = share * sum
    var choice = 0
    while sums[choice] <= goal { choice += 1 }
    return choice
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func modes<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into actions: UnsafeMutablePointer<Number>
  ) {
    forEachFactor(block) { row, factor, place, count, _ in
      var best = 0
      for choice in 1..<max(count, 1)
      where block.outputs[place + choice] > block.outputs[place + best] {
        best = choice
      }
      actions[row * factors.count + factor] = Number(best)
    }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func logProbabilities<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    into results: UnsafeMutablePointer<Number>
  ) {
    for row in 0..<block.rows { results[row] = 0 }
    forEachFactor(block) { row, factor, place, _, normaliser in
      let choice = Int(actions[row * factors.count + factor])
      results[row] += Number(Double(block.outputs[place + choice]) - normaliser)
    }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func scores<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, weights: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    into cotangents: UnsafeMutablePointer<Number>,
    addingTo gradient: UnsafeMutablePointer<Number>
  ) {
    forEachFactor(block) { row, factor, place, count, normaliser in
      for choice in 0..<count {
        let probability = Double.exp(Double(block.outputs[place + choice]) - normaliser)
        cotangents[place + choice] = -weights[row] * Number(probability)
      }
      cotangents[place + Int(actions[row * factors.count + factor])] += weights[row]
    }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func divergences<Number: NetworkNumber>(
    from old: HeadBlock<Number>, to new: HeadBlock<Number>,
    into results: UnsafeMutablePointer<Number>
  ) {
    for row in 0..<old.rows { results[row] = 0 }
    forEachFactor(old) { row, _, place, count, before in
      let after = Self.normaliser(new.outputs + place, count)
      var sum = 0.0
      for choice in 0..<count {
        // Σ p (x − 1 − ln x) with x = q/p is Σ p ln(p/q), in terms that are never negative.
        let logarithm = Double(old.outputs[place + choice]) - before
        let change = Double(new.outputs[place + choice]) - after - logarithm
        sum += Double.exp(logarithm) * HeadMath.exponentialExcess(change)
      }
      results[row] += Number(sum)
    }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func entropies<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into results: UnsafeMutablePointer<Number>
  ) {
    for row in 0..<block.rows { results[row] = 0 }
    forEachFactor(block) { row, _, place, count, normaliser in
      var sum = 0.0
      for choice in 0..<count {
        let logarithm = Double(block.outputs[place + choice]) - normaliser
        sum -= Double.exp(logarithm) * logarithm
      }
      results[row] += Number(sum)
    }
  }

  /// p, as many as outputs.
  public var metricWidth: Int { outputs }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func takeMetric<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into metric: UnsafeMutablePointer<Number>
  ) {
    forEachFactor(block) { _, _, place, count, normaliser in
      for choice in 0..<count {
        metric[place + choice] = Number(
          Double.exp(Double(block.outputs[place + choice]) - normaliser))
      }
    }
  }

  /// p ∘ (t − Σ p t), factor by factor.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func applyMetric<Number: NetworkNumber>(
    _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>, weights: UnsafePointer<Number>,
    tangents: UnsafeMutablePointer<Number>, headTangent: UnsafePointer<Number>,
    addingTo result: UnsafeMutablePointer<Number>
  ) {
    var place = 0
    for row in 0..<block.rows {
      for count in factors {
        let (p, t) = (metric + place, tangents + place)
        var mean = Number.zero
        for choice in 0..<count { mean += p[choice] * t[choice] }
        for choice in 0..<count { t[choice] = weights[row] * p[choice] * (t[choice] - mean) }
        place += count
      }
    }
  }

  /// (e_a − p) (t_a − Σ p t), summed over factors before it is multiplied.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func applyScores<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    weights: UnsafePointer<Number>, tangents: UnsafeMutablePointer<Number>,
    headTangent: UnsafePointer<Number>, addingTo result: UnsafeMutablePointer<Number>
  ) {
    for row in 0..<block.rows {
      let (p, t) = (metric + row * outputs, tangents + row * outputs)
      var product = Number.zero
      var place = 0
      for (factor, count) in factors.enumerated() {
        product += t[place + Int(actions[row * factors.count + factor])]
        for choice in place..<(place + count) { product -= p[choice] * t[choice] }
        place += count
      }
      product *= weights[row]
      place = 0
      for (factor, count) in factors.enumerated() {
        for choice in place..<(place + count) { t[choice] = -product * p[choice] }
        t[place + Int(actions[row * factors.count + factor])] += product
        place += count
      }
    }
  }

  /// Σ p (t − Σ p t)², in which nothing cancels.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func curvatures<Number: NetworkNumber>(
    _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>, tangents: UnsafePointer<Number>,
    headTangent: UnsafePointer<Number>, into results: UnsafeMutablePointer<Number>
  ) {
    var place = 0
    for row in 0..<block.rows {
      var sum = Number.zero
      for count in factors {
        let (p, t) = (metric + place, tangents + place)
        var mean = Number.zero
        for choice in 0..<count { mean += p[choice] * t[choice] }
        for choice in 0..<count {
          sum += p[choice] * (t[choice] - mean) * (t[choice] - mean)
        }
        place += count
      }
      results[row] = sum
    }
  }
}
