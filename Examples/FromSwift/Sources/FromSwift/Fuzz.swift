import MDPFalsification

/// Every property on random updates of small random models.
public func fuzz(cases: Int) -> CampaignResult {
  var configuration = CampaignConfiguration()
  configuration.cases = cases
  return Campaign(configuration).run()
}
