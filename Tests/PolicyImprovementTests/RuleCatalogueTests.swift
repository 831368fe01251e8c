import Testing

@testable import PolicyImprovement

/// What the catalogue knows of the rules because they say it.
@Suite("Rule catalogue")
struct RuleCatalogueTests {
  @Test("Every rule is drawn, no two alike, in the order of the key")
  func lines() {
    let lines = RuleCatalogue.all.compactMap(\.line)
    #expect(lines.count == RuleCatalogue.all.count && Set(lines).count == lines.count)
    // A column of the key for each family, in it the patterns from dots to a whole line.
    let key = RuleCatalogue.drawn.compactMap(\.line).map {
      [$0.family.rawValue, $0.pattern.rawValue]
    }
    #expect(key == key.sorted { $0.lexicographicallyPrecedes($1) } && key.count == lines.count)
    #expect(RuleCatalogue.drawn.first?.id == "conservative")
    #expect(RuleCatalogue.drawn.last?.id == "trust-region")
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
    #expect(message.contains("policy-iteration or ") && message.contains(" or max-kl,"))
    #expect(!message.contains("mean-kl"))
  }

  @Test("Only policy iteration ends at an optimum")
  func ends() {
    #expect(RuleCatalogue.all.filter(\.endsAtOptimum).map(\.id) == ["policy-iteration"])
  }
}
