import ArgumentParser
import MonotoneArithmetic
import MDPCore
import MonotoneFiles

/// Something that `--fail-on` names: where it happens, a run ends with status 4.
struct FailCondition: Equatable {
  /// The conditions that may be named.
  enum Kind: String, CaseIterable {
    /// The return fell, proved.
    case harmful
    /// It was not proved that some a-priori bound promised the improvement.
    case unguaranteed
    /// The mean KL exceeds its limit, proved.
    case meanKL = "mean-kl"
    /// The max KL exceeds its limit, proved.
    case maxKL = "max-kl"
    /// The program logged much less than the exact mean KL.
    case understatedKL = "understated-kl"
    /// The batch has rows that the policy before the update cannot have made.
    case foreignBatch = "foreign-batch"

    /// The conditions that a check can decide.
    static let ofChecks: [Kind] = [.harmful, .unguaranteed, .meanKL, .maxKL]

    var takesLimit: Bool { self == .meanKL || self == .maxKL }
  }

  var kind: Kind
  /// δ, where the condition has its own.
  var limit: Double?

  /// How the condition was written.
  var text: String

  /// The conditions of an argument: names with commas between, `mean-kl` and `max-kl` with their limits.
  static func list(_ argument: String, of known: [Kind]) throws -> [FailCondition] {
    try argument.split(separator: ",", omittingEmptySubsequences: false).map { part in
      try FailCondition(String(part.filter { !$0.isWhitespace }), of: known)
    }
  }

  private init(_ text: String, of known: [Kind]) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let kind = Kind(rawValue: name), known.contains(kind) else {
      let names = known.map { $0.takesLimit ? "\($0.rawValue)=δ" : $0.rawValue }
      throw ValidationError(
        "--fail-on: found \"\(text)\"; expected \(names.joined(separator: ", "))"
          + NearestName.hint(name, among: known.map(\.rawValue)))
    }
    self.kind = kind
    self.text = text
    guard parts.count == 2 else { return }
    guard kind.takesLimit else { throw ValidationError("--fail-on: \(name) takes no limit") }
    guard let limit = (try? ExactNumber(parsing: String(parts[1])))?.approximation, limit.isFinite,
      limit >= 0
    else {
      throw ValidationError(
        "--fail-on: \(name) needs a number from 0 as its limit, not \"\(parts[1])\"")
    }
    self.limit = limit
  }
}
