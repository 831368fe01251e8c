import MonotoneArithmetic

/// Numbers as a file writes them.
func numbers(_ texts: [String]) throws -> [ExactNumber] {
  try texts.map { try ExactNumber(parsing: $0) }
}

/// Fractions from their texts.
func fractions(_ texts: [String]) throws -> [Rational] { try numbers(texts).map(\.rational) }
