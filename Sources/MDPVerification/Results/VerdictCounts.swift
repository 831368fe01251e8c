internal import MonotoneArithmetic
package import MDPGuarantees

/// How many results came out with each verdict, and how they are summed up in a line.
package struct VerdictCounts: Sendable, Equatable {
  /// `holds`.
  package private(set) var holds = 0
  /// `violated`.
  package private(set) var violated = 0
  /// `undecided`.
  package private(set) var undecided = 0
  /// `consistent`.
  package private(set) var consistent = 0
  /// `notApplicable`.
  package private(set) var notApplicable = 0
  /// Results whose verdict is a theorem.
  package private(set) var rigorous = 0

  /// The counts of some results.
  package init(_ results: some Sequence<ClaimResult>) {
    for result in results {
      switch result.verdict {
      case .holds: holds += 1
      case .violated: violated += 1
      case .undecided: undecided += 1
      case .consistent: consistent += 1
      case .notApplicable: notApplicable += 1
      }
      if result.rigorous { rigorous += 1 }
    }
  }

  /// Adds the counts of other results.
  package static func += (a: inout Self, b: Self) {
    a.holds += b.holds
    a.violated += b.violated
    a.undecided += b.undecided
    a.consistent += b.consistent
    a.notApplicable += b.notApplicable
    a.rigorous += b.rigorous
  }

  /// All results.
  package var total: Int { holds + violated + undecided + consistent + notApplicable }

  /// How many results have a verdict.
  package subscript(verdict: Verdict) -> Int {
    switch verdict {
    case .holds: holds
    case .violated: violated
    case .undecided: undecided
    case .consistent: consistent
    case .notApplicable: notApplicable
    }
  }

  /// The worst verdict that occurs; nil where there are no results.
  package var worst: Verdict? {
    Verdict.allCases.filter { self[$0] > 0 }.max { $0.severity < $1.severity }
  }
}

extension VerdictCounts: Codable {
  private enum Key: String, CodingKey {
    case holds, violated, undecided, consistent, notApplicable, rigorous
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    holds = try container.decode(Int.self, forKey: .holds)
    violated = try container.decode(Int.self, forKey: .violated)
    undecided = try container.decode(Int.self, forKey: .undecided)
    consistent = try container.decodeIfPresent(Int.self, forKey: .consistent) ?? 0
    notApplicable = try container.decode(Int.self, forKey: .notApplicable)
    rigorous = try container.decode(Int.self, forKey: .rigorous)
  }

  /// Leaves out `consistent` where it does not occur.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(holds, forKey: .holds)
    try container.encode(violated, forKey: .violated)
    try container.encode(undecided, forKey: .undecided)
    if consistent > 0 { try container.encode(consistent, forKey: .consistent) }
    try container.encode(notApplicable, forKey: .notApplicable)
    try container.encode(rigorous, forKey: .rigorous)
  }
}
