internal import Arithmetic
public import Guarantees

/// How many results came out with each verdict, and how they are summed up in a line.
public struct VerdictCounts: Sendable, Equatable {
  /// `holds`.
  public private(set) var holds = 0
  /// `violated`.
  public private(set) var violated = 0
  /// `undecided`.
  public private(set) var undecided = 0
  /// `consistent`.
  public private(set) var consistent = 0
  /// `notApplicable`.
  public private(set) var notApplicable = 0
  /// Results whose verdict is a theorem.
  public private(set) var rigorous = 0

  /// The counts of some results.
  public init(_ results: some Sequence<ClaimResult>) {
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
  public static func += (a: inout Self, b: Self) {
    a.holds += b.holds
    a.violated += b.violated
    a.undecided += b.undecided
    a.consistent += b.consistent
    a.notApplicable += b.notApplicable
    a.rigorous += b.rigorous
  }

  /// All results.
  public var total: Int { holds + violated + undecided + consistent + notApplicable }

  /// How many results have a verdict.
  public subscript(verdict: Verdict) -> Int {
    switch verdict {
    case .holds: holds
    case .violated: violated
    case .undecided: undecided
    case .consistent: consistent
    case .notApplicable: notApplicable
    }
  }

  /// The worst verdict that occurs; nil where there are no results.
  public var worst: Verdict? {
    Verdict.allCases.filter { self[$0] > 0 }.max { $0.severity < $1.severity }
  }

  /// The verdict first: `holds: all 8 claims`, `violated: 1 of 8 claims`.
  func headline(_ noun: String) -> String {
    let all = NumberFormat.count(total, noun)
    switch worst {
    case nil: return "nothing was checked"
    case .violated?:
      let also = undecided > 0 ? ", \(NumberFormat.count(undecided)) undecided" : ""
      return "violated: \(NumberFormat.count(violated)) of \(all)" + also
    case .undecided?:
      return "undecided: \(NumberFormat.count(undecided)) of \(all), none violated"
    case .consistent?:
      return "consistent: \(NumberFormat.count(consistent)) of \(all), none violated or undecided"
    case .notApplicable?: return "not applicable: none of \(all) applies"
    case .holds? where notApplicable > 0:
      return
        "holds: \(holds == 1 ? "" : "all ")\(NumberFormat.count(holds, "applicable \(noun)")), "
        + "\(NumberFormat.count(notApplicable)) not applicable"
    case .holds?: return total == 1 ? "holds: \(all)" : "holds: all \(all)"
    }
  }

  /// What the verdicts are worth: `float64, not rigorous`.
  func rigour(_ arithmetic: ArithmeticKind) -> String {
    let decided = total
    return switch rigorous {
    case 0: "\(arithmetic.rawValue), not rigorous"
    case decided: "\(arithmetic.rawValue), rigorous"
    default:
      "\(arithmetic.rawValue), \(NumberFormat.count(rigorous)) of "
        + "\(NumberFormat.count(decided)) rigorous"
    }
  }
}

extension VerdictCounts: Codable {
  private enum Key: String, CodingKey {
    case holds, violated, undecided, consistent, notApplicable, rigorous
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    holds = try container.decode(Int.self, forKey: .holds)
    violated = try container.decode(Int.self, forKey: .violated)
    undecided = try container.decode(Int.self, forKey: .undecided)
    consistent = try container.decodeIfPresent(Int.self, forKey: .consistent) ?? 0
    notApplicable = try container.decode(Int.self, forKey: .notApplicable)
    rigorous = try container.decode(Int.self, forKey: .rigorous)
  }

  /// Leaves out the reserved verdict where it does not occur.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(holds, forKey: .holds)
    try container.encode(violated, forKey: .violated)
    try container.encode(undecided, forKey: .undecided)
    if consistent > 0 { try container.encode(consistent, forKey: .consistent) }
    try container.encode(notApplicable, forKey: .notApplicable)
    try container.encode(rigorous, forKey: .rigorous)
  }

  /// The verdicts to list: all, but the reserved one only where it occurs.
  var listed: [Verdict] { Verdict.allCases.filter { $0 != .consistent || consistent > 0 } }
}

extension Verdict {
  /// The verdict in words.
  var words: String { self == .notApplicable ? "not applicable" : rawValue }

  /// A count of it in words: `1 holds`, `8 hold`, `2 violated`.
  func words(of count: Int) -> String {
    "\(NumberFormat.count(count)) \(self == .holds && count != 1 ? "hold" : words)"
  }
}
