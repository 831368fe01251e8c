internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPVerification

extension VerdictCounts {
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

  /// The rigour of the verdicts: `float64, not rigorous`.
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

  /// The verdicts to list: all, but `consistent` only where it occurs.
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
