internal import MonotoneArithmetic
internal import MDPGuarantees

/// The value of an expression: a real number, ±∞ where a divergence is infinite, or nothing.
enum ExpressionValue<Real: RealScalar> {
  case finite(Real)
  case infinity
  case negativeInfinity
  /// ∞ − ∞, a division by what may be zero, a root of what may be negative.
  case undefined

  init(_ value: Extended<Real>) {
    self = value.number.map { .finite($0) } ?? .infinity
  }

  init<Number: Scalar>(_ value: QuantityValue<Number>) where Number.Real == Real {
    switch value {
    case .number(let number): self = .finite(number.real)
    case .real(let real): self.init(real)
    case .unbounded: self = .undefined
    }
  }

  static prefix func - (a: Self) -> Self {
    switch a {
    case .finite(let x): .finite(-x)
    case .infinity: .negativeInfinity
    case .negativeInfinity: .infinity
    case .undefined: .undefined
    }
  }

  static func + (a: Self, b: Self) -> Self {
    switch (a, b) {
    case (.undefined, _), (_, .undefined): .undefined
    case (.infinity, .negativeInfinity), (.negativeInfinity, .infinity): .undefined
    case (.finite(let x), .finite(let y)): .finite(x + y)
    case (.finite, _): b
    default: a
    }
  }

  static func * (a: Self, b: Self) -> Self {
    switch (a, b) {
    case (.finite(let x), .finite(let y)): return .finite(x * y)
    case (.finite(let x), _) where x.isExactlyZero: return a
    case (_, .finite(let y)) where y.isExactlyZero: return b
    default:
      guard let x = a.sign, let y = b.sign else { return .undefined }
      return x == y ? .infinity : .negativeInfinity
    }
  }

  static func / (a: Self, b: Self) -> Self {
    switch (a, b) {
    case (.finite(let x), .finite(let y)):
      y.isZero == .no ? .finite(x / y) : .undefined
    case (.finite, .infinity), (.finite, .negativeInfinity): .finite(.zero)
    case (_, .finite(let y)) where y.isZero == .no: a * .finite(.one / y)
    default: .undefined
    }
  }

  /// 1, −1, or nil where it is not known or 0.
  private var sign: Int? {
    switch self {
    case .finite(let x): x.isZero == .no ? (x.isNonNegative == .yes ? 1 : -1) : nil
    case .infinity: 1
    case .negativeInfinity: -1
    case .undefined: nil
    }
  }

  /// Whether there is none.
  var isUndefined: Bool { if case .undefined = self { true } else { false } }

  /// The value as findings hold it; nil where it is −∞ or none.
  var extended: Extended<Real>? {
    switch self {
    case .finite(let x): .finite(x)
    case .infinity: .infinity
    case .negativeInfinity, .undefined: nil
    }
  }

  /// The float64 number to search by; nil where there is none.
  var approximation: Double? {
    switch self {
    case .finite(let x): x.approximation.isFinite ? x.approximation : nil
    case .infinity: .infinity
    case .negativeInfinity: -.infinity
    case .undefined: nil
    }
  }

  /// Is this ≥ 0 (or > 0)?
  func isNonNegative(strictly: Bool) -> Decision {
    switch self {
    case .infinity: .yes
    case .negativeInfinity: .no
    case .undefined: .undecided
    case .finite(let x): strictly ? Self.isPositive(x) : x.isNonNegative
    }
  }

  private static func isPositive(_ x: Real) -> Decision {
    switch (-x).isNonNegative {
    case .yes: .no
    case .no: .yes
    case .undecided: .undecided
    }
  }
}

extension ExpressionNode {
  /// The value under values of quantities, of γ, and of parameters.
  func value<Real: RealScalar>(
    _ quantity: (UpdateQuantity) -> ExpressionValue<Real>,
    discount: ExpressionValue<Real>, _ parameters: [String: Real]
  ) -> ExpressionValue<Real> {
    func value(_ node: ExpressionNode) -> ExpressionValue<Real> {
      node.value(quantity, discount: discount, parameters)
    }
    switch self {
    case .number(let number): return (try? Real(number)).map { .finite($0) } ?? .undefined
    case .quantity(let name): return quantity(name)
    case .discount: return discount
    case .parameter(let name): return parameters[name].map { .finite($0) } ?? .undefined
    case .negative(let a): return -value(a)
    case .sum(let a, let b): return value(a) + value(b)
    case .difference(let a, let b): return value(a) + -value(b)
    case .product(let a, let b): return value(a) * value(b)
    case .quotient(let a, let b): return value(a) / value(b)
    case .power(let base, let exponent):
      let base = value(base)
      let power = (0..<exponent.magnitude).reduce(ExpressionValue.finite(Real.one)) { power, _ in
        power * base
      }
      return exponent < 0 ? .finite(.one) / power : power
    case .call(let function, let arguments): return Self.apply(function, arguments.map(value))
    }
  }

  private static func apply<Real: RealScalar>(
    _ function: ExpressionFunction, _ arguments: [ExpressionValue<Real>]
  ) -> ExpressionValue<Real> {
    let first = arguments[0]
    switch (function, first) {
    case (.abs, .finite(let x)): return .finite(x.magnitude)
    case (.abs, .infinity), (.abs, .negativeInfinity): return .infinity
    case (.sqrt, .finite(let x)):
      return x.isNonNegative == .yes ? .finite(x.squareRoot()) : .undefined
    case (.log, .finite(let x)):
      return x.isNonNegative == .yes && x.isZero == .no ? .finite(.logarithm(x)) : .undefined
    case (.exp, .finite(let x)): return .finite(.exponential(x))
    case (.exp, .negativeInfinity): return .finite(.zero)
    case (.sqrt, .infinity), (.log, .infinity), (.exp, .infinity): return .infinity
    case (.min, _): return -larger(-first, -arguments[1])
    case (.max, _): return larger(first, arguments[1])
    default: return .undefined
    }
  }

  private static func larger<Real>(
    _ a: ExpressionValue<Real>, _ b: ExpressionValue<Real>
  ) -> ExpressionValue<Real> {
    switch (a, b) {
    case (.undefined, _), (_, .undefined): .undefined
    case (.infinity, _), (_, .negativeInfinity): a
    case (_, .infinity), (.negativeInfinity, _): b
    case (.finite(let x), .finite(let y)): .finite(.maximum(x, y))
    }
  }
}
