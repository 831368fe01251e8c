internal import MDPGuarantees
internal import MDPVerification

extension ResultTable {
  /// The results of a verification.
  init(_ rows: [ReportRow], _ summaries: [ClaimSummary], _ counts: VerdictCounts, models: [String])
  {
    let claimPlaces = Dictionary(
      summaries.enumerated().map { ($1.claim.id, $0) }, uniquingKeysWith: { first, _ in first })
    let verdictPlaces = Dictionary(
      uniqueKeysWithValues: counts.listed.enumerated().map { ($1, $0) })
    var updates: [Update] = []
    var places: [Int: Int] = [:]
    self.rows = rows.map { row in
      let place: Int
      if let known = places[row.updateIndex] {
        place = known
      } else {
        place = updates.count
        places[row.updateIndex] = place
        updates.append(
          Update(
            model: row.model.displayable, name: row.update.displayable, command: row.command))
      }
      let result = row.result
      return Row(
        update: place, claim: claimPlaces[result.id] ?? 0,
        verdict: verdictPlaces[result.verdict] ?? 0,
        texts: [
          result.marginText, result.loosenessText, result.lowerBoundText,
          result.witnessText.displayable, result.assumption?.displayable ?? "",
        ])
    }
    self.updates = updates
    claims = summaries.map(\.claim.id.displayable)
    verdicts = counts.listed
    self.models = models.map(\.displayable).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }
}
