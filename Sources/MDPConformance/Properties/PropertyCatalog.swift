internal import Guarantees

/// Every property that campaigns check.
public enum PropertyCatalog {
  /// The claims of the theory.
  public static let claims = ClaimCatalog.all.map { NamedProperty($0) }

  /// All properties, in the order of reports.
  public static let all: [NamedProperty] = claims

  /// The property of a name.
  public static func property(_ id: String) -> NamedProperty? { all.first { $0.id == id } }
}
