internal import MDPGuarantees

/// Every property that campaigns check.
public enum PropertyCatalogue {
  /// The claims of the theory.
  public static let claims = ClaimCatalogue.all.map { NamedProperty($0) }

  /// Laws that tie results to definitions, to each other, and to those of changed models.
  public static let laws = OracleLaws.all + MetamorphicLaws.all + EndingLaws.all + DualityLaws.all

  /// The promises of the improvement rules.
  public static let rules = RuleProperties.all

  /// The laws of the file formats.
  public static let formats = FormatLaws.all

  /// All properties, in the order of reports.
  public static let all = claims + laws + rules + formats

  /// The property of a name.
  public static func property(_ id: String) -> NamedProperty? { all.first { $0.id == id } }
}
