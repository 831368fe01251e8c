public import MDPTesting

/// How a campaign goes about its properties.
public struct CampaignConfiguration: Sendable {
  /// The properties to check.
  public var properties = PropertyCatalogue.all
  /// The seed of all cases.
  public var seed: UInt64 = 1
  /// How many cases to check; nil to go on until stopped.
  public var cases: Int? = 1000
  /// How many threads to use. The cases, and what is found, are the same for any number.
  public var threads = 1
  /// The random models to check them on.
  public var models = ModelConfiguration()
  /// How many of the first cases dear properties are decided on.
  public var thoroughCases = 1000
  /// After those, dear properties are decided on one case in so many.
  public var stride = 500
  /// The most inputs to try when shrinking a counterexample.
  public var shrinkLimit = 20_000

  /// A thousand cases of seed 1 on one thread, with every property.
  public init() {
    models.states = 3...6
    models.actions = 2...4
    models.extremeStride = 32
    // Without a future most claims are equalities; there are few ways to get those wrong.
    models.discounts += models.discounts.dropFirst()
  }

  /// Whether dear properties are decided on a case.
  func isThorough(_ index: Int) -> Bool { index < thoroughCases || index % stride == 0 }
}
