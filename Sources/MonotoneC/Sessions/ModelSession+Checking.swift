internal import MDPFormats
internal import MDPGuarantees
internal import MDPVerification
internal import MonotoneArithmetic
internal import MonotoneFiles
internal import MonotoneReports

extension ModelSession {
  /// Checks the claims on an update.
  func check(
    from current: PolicyArgument, to candidate: PolicyArgument, _ text: String?
  ) throws -> Reply {
    let options = try CallOptions(text, known: ["claims"] + Self.rigourOptions)
    let rigour = try Self.rigour(options)
    let claims = try Self.claims(options)
    let check = try alone {
      let verifier = verifier(rigour)
      return try verifier.check(
        from: try policy(current, verifier), to: try policy(candidate, verifier), claims: claims)
    }
    let quantities = UpdateQuantity.allCases.map { check.quantities[$0] }
    let outcome = [check.improved.code, check.guaranteed.code, check.isUnchanged ? 1 : 0]
    let arrays: [Reply.Output] =
      [
        .init(name: "outcome", shape: [3], elements: .int8(outcome)),
        .init(
          name: "verdicts", shape: [check.claims.count],
          elements: .int8(check.claims.map(\.verdict.code))),
      ]
      + Reply.Output.enclosures(
        "quantities", "quantitiesRadius", [quantities.count], quantities)
      + Reply.Output.enclosures(
        "margins", "marginsRadius", [check.claims.count], check.claims.map { $0.margin ?? .unknown }
      )
      + Reply.Output.enclosures(
        "bounds", "boundsRadius", [check.claims.count], check.claims.map { $0.bound ?? .unknown })
    return Reply(arrays: arrays) { try ResultJSON.text(CheckDocument(check)) }
  }

  /// The certificate of an update.
  func certificate(
    from current: PolicyArgument, to candidate: PolicyArgument, _ text: String?
  ) throws -> Reply {
    let options = try CallOptions(text, known: ["force"])
    let rigour = try Self.rigour(options)
    guard !model.document.isUndiscounted else {
      throw CallFailure("\(model.file): certificates are for a discount below 1", .badData)
    }
    let certificate = try alone {
      let verifier = verifier(rigour)
      return try verifier.certificate(
        from: try policy(current, verifier).policy, to: try policy(candidate, verifier).policy)
    }
    return Reply { try ResultJSON.text(certificate) }
  }

  private static func claims(_ options: CallOptions) throws(CallFailure) -> [any Claim] {
    guard let ids = try options.texts("claims") else { return ClaimCatalogue.all }
    let known = ClaimCatalogue.all.map(\.id)
    var claims: [any Claim] = []
    for id in ids {
      guard let claim = ClaimCatalogue.all.first(where: { $0.id == id }) else {
        throw CallFailure(
          "options: claims: unknown claim \(JSONText.quoted(id.shortened(to: 60))); the claims are "
            + known.joined(separator: ", ") + NearestName.hint(id, among: known))
      }
      claims.append(claim)
    }
    return claims
  }
}

extension Verdict {
  /// The verdict in arrays: 1 holds, 0 violated, -1 undecided, 2 not applicable, 3 consistent.
  var code: Int8 {
    switch self {
    case .holds: 1
    case .violated: 0
    case .undecided: -1
    case .notApplicable: 2
    case .consistent: 3
    }
  }
}
