public import MonotoneArithmetic

/// A statement of the theory that can be checked on one policy update.
///
/// To add one, conform a type in a file beside the others and enter it in ``ClaimCatalogue``.
public protocol Claim: Sendable {
  /// The stable identifier that results, documentation and tests use.
  var id: String { get }
  /// The kind of statement.
  var kind: ClaimKind { get }
  /// The statement in a line.
  var statement: String { get }
  /// Paper, section, equation.
  var source: String { get }
  /// Checks the statement on an update, in the update's arithmetic.
  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real>
  /// Whether the claim is about how accurate evaluations are, and so is decided however bad they are; not
  /// so unless said otherwise.
  var judgesAccuracy: Bool { get }
  /// ``check(_:)`` as every rung of ``ProofLadder`` calls it; conforming types have it, and write nothing for it.
  var compiled: CompiledCheck { get }
}

extension Claim {
  public var judgesAccuracy: Bool { false }

  public var compiled: CompiledCheck {
    CompiledCheck(
      estimate: { check($0) }, screen: { check($0) }, enclose: { check($0) }, decide: { check($0) },
      certify: { update, _ in check(update) })
  }
}

/// The kind of statement that a claim makes.
public enum ClaimKind: String, Sendable, Codable {
  /// An equality that holds for every update.
  case identity
  /// An inequality that is not a bound on the return, such as one between divergences.
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
  /// Whether the bound assumes γ < 1, as all with a horizon 1/(1−γ) do; so unless said otherwise.
  var needsDiscounting: Bool { get }
  /// The assumption of the bound about an update, beyond that of all; none unless said otherwise.
  func assumption<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Assumption
  /// The constant before the formula of B, as the statement has it: 4 of 4γ ε_max α² c.
  var leadingConstant: Double { get }
  /// B, and the state that determines it.
  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number>
}

/// The half-width B of a bound.
public struct BoundWidth<Number: Scalar>: Sendable {
  /// B in the numbers in which it is known.
  enum Size {
    /// Without logarithm or root: equality with the gap can be decided where arithmetic is exact.
    case number(Number)
    /// With one; +∞ where a KL divergence is infinite.
    case real(Extended<Number.Real>)
  }

  let size: Size
  /// The state, and the action that changes most in it, that determine B.
  public var witness: Witness?

  /// A width without logarithm or root, so that equality can be decided in exact arithmetic.
  public init(_ value: Number, witness: Witness? = nil) {
    size = .number(value)
    self.witness = witness
  }

  /// A width with a logarithm or a root, or +∞.
  public init(_ value: Extended<Number.Real>, witness: Witness? = nil) {
    size = .real(value)
    self.witness = witness
  }

  /// B; +∞ where a KL divergence is infinite.
  public var value: Extended<Number.Real> {
    switch size {
    case .number(let number): .finite(number.real)
    case .real(let value): value
    }
  }
}

extension ReturnBound {
  public var kind: ClaimKind { .aPriori }

  public var needsDiscounting: Bool { true }

  public func assumption<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Assumption { .none }

  public func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    if needsDiscounting, let finding = Finding<Number.Real>(unless: .discounting(update)) {
      return finding
    }
    if let finding = Finding<Number.Real>(unless: assumption(update)) { return finding }
    return .bound(gap: update.surrogateGap, width: width(update), centre: update.surrogate)
  }
}

/// A condition under which a claim speaks.
public struct Assumption: Sendable {
  /// Whether it is met.
  public var isMet: Decision
  /// The condition in a few words.
  public var text: String

  /// A condition in a few words, and whether it is met.
  public init(_ text: String, isMet: Decision) {
    self.text = text
    self.isMet = isMet
  }

  /// No condition.
  public static let none = Assumption("", isMet: .yes)

  /// γ < 1.
  static func discounting<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Assumption {
    Assumption("γ < 1", isMet: Decision(!update.mdp.isUndiscounted))
  }
}

extension PolicyUpdate {
  /// A witness at the live state where a quantity is largest, with the action that changes most.
  func witness<Size: Scalar>(maximising size: (_ state: Int) -> Size) -> Witness? {
    worstState(size).map { Witness(state: $0, pair: mostChangedPair(in: $0)) }
  }

  /// A witness at the live state where a quantity that may be infinite is largest.
  func witness<Size: Scalar>(maximising size: (_ state: Int) -> Extended<Size>) -> Witness? {
    worstState(size).map { Witness(state: $0, pair: mostChangedPair(in: $0)) }
  }
}
