internal import MonotoneArithmetic
public import TRPOComparison
internal import MDPGuarantees

/// The numbers of updates and tests of a comparison.
package struct ComparisonCounts: Sendable, Equatable, Encodable {
  /// Updates that were compared, or that led to the policies surveyed.
  package var updates: Int
  /// Tests of estimators against their twins that mean something.
  package var tests: Int
  /// Those that an estimator did not pass.
  package var refuted: Int
  /// Tests for which the samples were too few.
  package var notApplicable: Int

  /// The counts of a comparison.
  package init(_ document: ComparisonDocument) {
    self.init(updates: document.updates.count, document.sweeps?.errors.curves ?? [])
  }

  /// The counts of a survey.
  package init(_ survey: EstimatorSurvey) {
    self.init(
      updates: survey.policies.reduce(0) { $0 + $1.iteration },
      survey.policies.compactMap(\.sweep).flatMap(\.curves))
  }

  private init(updates: Int, _ curves: [ErrorSweep.Curve]) {
    self.updates = updates
    tests = curves.count(where: \.isConclusive)
    refuted = curves.count(where: \.isRefuted)
    notApplicable = curves.count - tests
  }

  /// `30 updates; 24 tests of estimators: 0 refuted, 2 more not applicable`.
  package var text: String {
    "\(NumberFormat.count(updates, "update")); \(NumberFormat.count(tests, "test")) of estimators: "
      + "\(NumberFormat.count(refuted)) refuted, \(NumberFormat.count(notApplicable)) more not applicable"
  }
}

/// The document of `compare --json`: that of the file, with the counts beside it.
package struct CountedDocument<Document: Encodable & Sendable>: Encodable, Sendable {
  private let document: Document
  private let counts: ComparisonCounts

  package init(_ document: Document, _ counts: ComparisonCounts) {
    self.document = document
    self.counts = counts
  }

  private enum Key: String, CodingKey { case counts }

  package func encode(to encoder: any Encoder) throws {
    try document.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(counts, forKey: .counts)
  }
}

extension ComparisonDocument {
  /// The outcomes of the updates in a sentence.
  public var headline: String { ComparisonTables(document: self).headline }
}

extension EstimatorSurvey {
  /// The results of the tests in a sentence.
  public var headline: String { EstimatorSurveyReport.headline(self) }
}
