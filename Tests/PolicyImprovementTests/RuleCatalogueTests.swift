import Testing

@testable import PolicyImprovement

/// What the catalogue knows of the rules because they say it.
@Suite("Rule catalogue")
struct RuleCatalogueTests {
  @Test("Every rule is drawn, no two alike, in the order of the key")
  func lines() {
    let lines = RuleCatalogue.all.compactMap(\.line)
    #expect(lines.count == RuleCatalogue.all.count && Set(lines).count == lines.count)
    #expect(
      RuleCatalogue.drawn.map(\.id) == [
        "conservative", "penalty", "mean-penalty", "policy-iteration", "max-kl", "mean-kl",
        "natural-gradient", "policy-gradient", "trust-region",
      ])
  }

  @Test("Options name the rules that take them")
  func parameters() {
    #expect(
      RuleCatalogue.names(taking: "delta") == [
        "max-kl", "mean-kl", "trust-region", "policy-gradient",
      ])
    #expect(RuleCatalogue.names(taking: "step") == ["natural-gradient"])
    #expect(RuleCatalogue.names(taking: "alpha") == ["conservative"])
  }

  @Test("A rule that needs a discount names those that do without")
  func discounting() {
    let message = RuleFailure.needsDiscounting("penalty").message
    #expect(message.contains("policy-iteration or max-kl,"))
  }

  @Test("Only policy iteration ends at an optimum")
  func ends() {
    #expect(RuleCatalogue.all.filter(\.endsAtOptimum).map(\.id) == ["policy-iteration"])
  }
}
