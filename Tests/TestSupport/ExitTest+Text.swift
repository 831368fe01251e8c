package import Testing

extension ExitTest.Result {
  /// What the process said before it ended, of a test that observes `\.standardErrorContent`.
  package var errorText: String { String(decoding: standardErrorContent, as: UTF8.self) }
}
