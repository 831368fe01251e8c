extension Claim {
  /// The name of its theorem in `Proofs/`, which Coq accepts for every discount below 1.
  public var theorem: String { id.split(separator: "-").joined(separator: "_") }
}
