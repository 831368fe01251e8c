import Foundation
import MDPGuarantees
import Testing

/// The machine-checked theorems beside the claims.
@Suite("Claims are theorems of Coq")
struct TheoremTests {
  /// The statements of all files of `Proofs/`.
  private static let sources: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = FileManager.default.enumerator(
      at: root.appendingPathComponent("Proofs"), includingPropertiesForKeys: nil)
    return (files?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "v" }
      .compactMap { try? String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
  }()

  @Test("Every claim has its theorem", arguments: ClaimCatalogue.all.map(\.theorem))
  func theorem(_ name: String) {
    let words = Self.sources.split(whereSeparator: \.isWhitespace)
    #expect(zip(words, words.dropFirst()).contains { $0 == "Theorem" && $1 == name })
  }
}
