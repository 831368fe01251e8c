public import Arithmetic

/// A statement of the theory that can be checked on one policy update.
///
/// To add one, conform a type in a file beside the others and enter it in ``ClaimCatalog``.
public protocol Claim: Sendable {
  /// The stable identifier that results, documentation and tests use.
  var id: String { get }
  /// What sort of statement it is.
  var kind: ClaimKind { get }
  /// The statement in a line.
  var statement: String { get }
  /// Paper, section, equation.
  var source: String { get }
  /// Checks the statement on an update, in the update's arithmetic.
  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real>
}

/// What sort of statement a claim is.
public enum ClaimKind: String, Sendable, Codable {
  /// An equality that holds for every update.
  case identity
  /// An inequality between divergences.
  case inequality
  /// A bound on the candidate's return that needs no solve of the candidate.
  case aPriori
  /// A bound on the candidate's return that does.
  case aPosteriori
}

/// A two-sided bound on the surrogate's error: |η(π̃) − L_π(π̃)| ≤ B.
///
/// A conforming type gives B; the finding follows from it.
public protocol ReturnBound: Claim {
  /// B, and the state that determines it.
  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number.Real>
}

/// The half-width B of a bound.
public struct BoundWidth<Real: RealScalar>: Sendable {
  /// B; +∞ where a KL divergence is infinite.
  public var value: Extended<Real>
  /// The state, and the action that changes most in it, that determine B.
  public var witness: Witness?

  public init(_ value: Extended<Real>, witness: Witness? = nil) {
    self.value = value
    self.witness = witness
  }
}

extension ReturnBound {
  public var kind: ClaimKind { .aPriori }

  public func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let width = width(update)
    return .bound(
      gap: update.surrogateGap.real, width: width.value, centre: update.surrogate.real,
      witness: width.witness)
  }
}

extension PolicyUpdate {
  /// A witness at the live state where a quantity is largest, with the action that changes most.
  func witness(maximising size: (_ state: Int) -> Double) -> Witness? {
    worstState(size).map { Witness(state: $0, pair: mostChangedPair(in: $0)) }
  }
}
