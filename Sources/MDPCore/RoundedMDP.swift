public import MonotoneArithmetic
package import MonotoneLinearAlgebra

/// A model in float64, and how far its numbers may be from those of the file.
///
/// For proofs about models of any size: one bound for all probabilities and one for all rewards take no
/// memory, where a ``TrackedDouble`` for each number takes as much again. The bounds speak of the file's
/// rational numbers, rows divided by their exact sums, so that exact rows sum to exactly 1.
public struct RoundedMDP: Sendable {
  /// The model, every number rounded.
  public let mdp: FiniteMDP<Double>
  /// The largest of |P̂ − P| / P̂ over all probabilities P̂.
  public let probabilityError: Double
  /// The largest of |r̂(s,a) − r(s,a)|.
  public let rewardError: Double
  /// The largest of |r̂(s,a)|.
  public let largestReward: Double
  /// γ with its error.
  public let discount: TrackedDouble
  /// ρ₀ by state, each with its error.
  public let initial: [TrackedDouble]
  /// The longest row.
  public let longestRow: Int

  /// The model of a document.
  ///
  /// Complexity: O(stored transitions), with the memory of the rounded numbers alone.
  ///
  /// - Throws: ``NumberOutOfRange`` where a number leaves the range of float64.
  public init(_ document: MDPDocument) throws(NumberOutOfRange) {
    try self.init(document, SharedWork())
  }

  /// The model of a document, rounded by threads that share its states.
  package init(_ document: MDPDocument, _ work: SharedWork) throws(NumberOutOfRange) {
    let (space, table) = (document.space, document.transitions)
    discount = try TrackedDouble(document.discount)
    initial = try document.initialDistribution()
    var rewards = [Double](repeating: 0, count: space.pairCount)
    var parts: [Part] = []
    let count = table.nextState.count
    let probabilities = [Double](unsafeUninitializedCapacity: count) { probabilities, filled in
      parts = rewards.withUnsafeMutableBufferPointer { rewards in
        work.map(space.stateCount, Part()) { [rewards, probabilities] states in
          Part(document, states, probabilities, rewards)
        }
      }
      // A part that failed wrote less, and there is no model then.
      filled = parts.contains { $0.failure != nil } ? 0 : count
    }
    var total = Part()
    for part in parts {
      if let failure = part.failure { throw failure }
      total.include(part)
    }
    // The quotient was rounded, and the product that it was compared with.
    probabilityError = total.share * (1 + 0x1p-50)
    (rewardError, largestReward, longestRow) = (total.missing, total.largest, total.longest)
    mdp = FiniteMDP(
      name: document.name, space: space, discount: discount.value,
      isUndiscounted: document.isUndiscounted, initial: initial.map(\.value),
      transitions: SparseRows(
        columnCount: space.stateCount, rowStart: table.rowStart, columns: table.nextState,
        values: probabilities),
      expectedReward: rewards)
  }

  /// The errors of some states' numbers.
  private struct Part {
    var share = 0.0
    var missing = 0.0
    var largest = 0.0
    var longest = 0
    var failure: NumberOutOfRange?

    init() {}

    /// Writes the numbers of some states to their places, up to the first that is out of range.
    init(
      _ document: MDPDocument, _ states: Range<Int>,
      _ probabilities: UnsafeMutableBufferPointer<Double>,
      _ rewards: UnsafeMutableBufferPointer<Double>
    ) {
      var row: [TrackedDouble] = []
      for state in states {
        for pair in document.space.pairs(of: state) {
          row.removeAll(keepingCapacity: true)
          let reward: TrackedDouble
          do throws(NumberOutOfRange) {
            reward = try document.appendTrackedRow(ofPair: pair, state: state, to: &row)
          } catch {
            failure = error
            return
          }
          let first = document.transitions.rowStart[pair]
          for (entry, number) in row.enumerated() {
            // Divided only where the share grows. A probability that float64 holds as 0 has an infinite share:
            // nothing is proved then.
            if number.error > share * number.value {
              share = .greatest(share, number.error / number.value)
            }
            probabilities[first + entry] = number.value
          }
          longest = max(longest, row.count)
          missing = .greatest(missing, reward.error)
          largest = .greatest(largest, abs(reward.value))
          rewards[pair] = reward.value
        }
      }
    }

    mutating func include(_ other: Part) {
      share = .greatest(share, other.share)
      missing = .greatest(missing, other.missing)
      largest = .greatest(largest, other.largest)
      longest = max(longest, other.longest)
    }
  }

  /// Whether what is positive is so in float64, too: of probabilities, of ρ₀, and γ. If not, states that are visited
  /// may seem not to be.
  public var keepsSupport: Bool {
    func isKept(_ number: TrackedDouble) -> Bool { number.value > 0 || number.isExactlyZero }
    return probabilityError.isFinite && isKept(discount) && initial.allSatisfy(isKept)
  }

  /// A bound on |q̂ − q| for every backup q̂ = r̂ + γ̂ Σ P̂ V̂ that float64 computes in whatever order, where
  /// q = r + γ Σ P V̂ is exact.
  ///
  /// With N = ‖V̂‖∞, u = 2⁻⁵³, k the longest row, τ, e_r and e_γ the errors of probabilities, rewards and γ:
  /// rows of P sum to 1, so Σ P̂ |V̂| ≤ N/(1−τ); the sum misses Σ P̂ V̂ by ku/(1−ku) times that, and this misses
  /// Σ P V̂ by τ times that; multiplying by γ̂ ≤ 1 adds e_γ N and a rounding, adding r̂ its error and a rounding
  /// of at most |r̂| + N; products may lose 2⁻¹⁰⁷⁴ each to underflow. All second orders, and the roundings of this
  /// bound itself, are outweighed by 1 + 2⁻¹⁶ while ku and τ are below 2⁻²⁰; beyond that nothing is claimed.
  ///
  /// - Parameter norm: N.
  public func backupError(ofValuesUpTo norm: Double) -> Double {
    let unit = 0x1p-53
    let count = Double(longestRow + 4)
    guard count * unit < 0x1p-20, probabilityError < 0x1p-20, norm.isFinite else {
      return .infinity
    }
    let share = discount.error + probabilityError + count * unit
    return (rewardError + unit * largestReward + share * norm) * (1 + 0x1p-16)
      + count * .leastNonzeroMagnitude
  }
}
