/// How far the numbers of an update are off by chance, estimated from its batch: standard errors.
///
/// Trajectories are the independent units, as in ``Estimate``. A gradient for each of them is too many, so
/// they are dealt out into at most ``mostBlocks`` *blocks* b of nearly as many trajectories each. With
/// what a block adds to the gradient, ĝ = Σ_b G_b, and the block's share W_b of what estimates are divided
/// by, Σ_b W_b = 1,
///
///     tr Cov ĝ = B/(B − 1) · Σ_b ‖G_b − ĝ W_b‖²
///
/// to first order in 1/trajectories, as ĝ is a ratio. Rows of weight 1/N are divided by their number, so a
/// block's share is that of its rows; rows of weight γᵗ/n by the number of episodes, so it is that of its
/// trajectories.
///
/// The errors count the start states of a batch's trajectories as random, even where they are known; where
/// environments go on from batch to batch, the errors are a little too large.
///
/// Source: Cochran, "Sampling Techniques", 3rd ed. 1977, §6.3 and §9A.
/// Complexity: a forward pass, a gradient and a Fisher product, whatever the number of blocks.
package struct UpdateSpread: Sendable, Equatable {
  /// √tr Cov ĝ: the expected length of the gradient's noise.
  package var gradient: Double
  /// The standard error of the batch's mean KL at the new parameters, as if those had been given
  /// beforehand.
  package var meanDivergence: Double
  /// That of the surrogate's gain, likewise.
  package var surrogateGain: Double
  /// That of ĝᵀΔθ, likewise.
  package var predictedGain: Double
  /// That of ΔθᵀF̂Δθ, likewise, from the rows that Fisher products were taken over.
  package var curvature: Double

  /// Of fewer trajectories no error is told: it would itself be off by more than a quarter.
  package static let leastClusters = 8
  /// Standard errors from so many blocks are themselves off by an eighth.
  package static let mostBlocks = 32
}

/// The standard errors of an update, or why there are none.
package enum ObservedSpread: Sendable, Equatable {
  /// These are they.
  case errors(UpdateSpread)
  /// The batch has only so many trajectories, fewer than ``UpdateSpread/leastClusters``.
  case tooFewTrajectories(Int)
}

extension Trainer {
  /// The errors of the batch that was just used.
  func spread(step: [Number], fisherRows: Int) -> ObservedSpread {
    guard let rows = observedRows else { return .tooFewTrajectories(0) }
    observedRows = nil
    let blocks = ClusterBlocks(
      rows, fisherRows: fisherRows, weighting: configuration.weighting)
    guard blocks.clusters >= UpdateSpread.leastClusters else {
      return .tooFewTrajectories(blocks.clusters)
    }
    let workspace =
      spreadBatch.flatMap { $0.capacity >= batch.rows ? $0 : nil }
      ?? PolicyBatch(shape: shape, head: head, capacity: batch.capacity)
    spreadBatch = workspace
    workspace.load(blocks.rows, batch.oldParameters)
    let estimates = batch.estimates(
      at: parameters, clusters: rows.clusters, weighting: configuration.weighting)
    let gradient = GradientParts(workspace, blocks)
    let direction = Number.doubles(step)
    return .errors(
      UpdateSpread(
        gradient: gradient.deviation,
        meanDivergence: estimates.meanDivergence.standardError,
        surrogateGain: estimates.surrogateGain.standardError,
        predictedGain: gradient.projected(on: direction).standardError,
        curvature: curvature(step, direction, workspace, blocks).standardError))
  }

  /// ΔθᵀF̂Δθ as a total of blocks.
  private func curvature(
    _ step: [Number], _ direction: [Double], _ batch: PolicyBatch<Number>,
    _ blocks: ClusterBlocks<Number>
  ) -> Estimate {
    let used = blocks.fisherRanges.filter { !$0.isEmpty }
    let weights = used.map { batch.estimator.totalWeight(of: $0) }
    let total = weights.reduce(0, +)
    var product = step
    let parts = used.map { rows in
      batch.setWeightedFisherProduct(step, of: rows, into: &product)
      return GradientParts.dot(Number.doubles(product), direction) / total
    }
    return Estimate(totalOf: parts, shares: weights.map { $0 / total })
  }
}

/// A batch's gradient as a total of independent parts.
struct GradientParts {
  /// The summand that comes from each block.
  private let parts: [[Double]]
  /// Each block's share of what the gradient is divided by.
  private let shares: [Double]

  /// - Parameter batch: Loaded with the blocks' rows.
  init<Number: NetworkNumber>(_ batch: PolicyBatch<Number>, _ blocks: ClusterBlocks<Number>) {
    parts = batch.gradients(of: blocks.ranges).map { Number.doubles($0) }
    shares = blocks.shares
  }

  /// √tr Cov ĝ.
  var deviation: Double {
    var total = [Double](repeating: 0, count: parts.first?.count ?? 0)
    for part in parts {
      for index in part.indices { total[index] += part[index] }
    }
    var square = 0.0
    for (part, share) in zip(parts, shares) {
      for index in part.indices {
        let residual = part[index] - total[index] * share
        square += residual * residual
      }
    }
    let count = Double(parts.count)
    return (count / (count - 1) * square).squareRoot()
  }

  /// ĝᵀv.
  func projected(on direction: [Double]) -> Estimate {
    Estimate(
      totalOf: parts.map { Self.dot($0, direction) }, shares: shares)
  }

  /// Of doubles, because loops over a generic number's are slow.
  static func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "a product of \(x.count) and \(y.count) numbers")
    var sum = 0.0
    for index in x.indices { sum += x[index] * y[index] }
    return sum
  }
}
