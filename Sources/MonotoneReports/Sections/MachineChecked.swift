/// The words by which a report says that a proof assistant accepted the claims.
enum MachineChecked {
  /// Of every claim, because each has its theorem: `Tools/check_proofs.py` compares claims with theorems.
  static let words = "accepted by Coq for discounts below 1 (make proofs)"
}
