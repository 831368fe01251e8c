extension Claim {
  /// The name of its theorem in `Proofs/`, which Coq accepts for every discount below 1; a claim that
  /// applies to the discount 1 has another of this name in `Proofs/Undiscounted`.
  public var theorem: String { id.split(separator: "-").joined(separator: "_") }
}
