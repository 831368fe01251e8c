import MDPFalsification

/// A search for an update that violates an inequality; a proved counterexample is kept in a folder.
public func falsify(_ claim: String, keepingIn folder: String) throws -> FalsificationResult {
  var search = ClaimSearch(try ClaimExpression(claim))
  search.configuration.budget = 2_000
  return try search.run(keepingIn: folder)
}
