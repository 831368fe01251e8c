import MonotoneReports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A kind of output file, and the signs by which an existing file is recognised as one.
struct OutputKind {
  /// The name for messages: "a policy".
  var name: String
  /// Bytes that every file of the kind begins with.
  var beginnings: [String] = []
  /// Bytes that stand somewhere in every file of the kind: its schema.
  var marks: [String] = []

  static let policy = OutputKind(name: "a policy", marks: ["\"monotone/policy/"])
  static let model = OutputKind(name: "a model", marks: ["\"monotone/mdp/"])
  static let certificate = OutputKind(name: "a certificate", marks: ["\"monotone/certificate/"])
  static let coqProof = OutputKind(
    name: "a proof for Coq", marks: ["From Monotone Require Import"])
  static let array = OutputKind(name: "a .npy array", beginnings: ["\u{93}NUMPY"])
  static let solutionArchive = OutputKind(
    name: "an archive of a solution", marks: [SolutionArchive.mark])
  static let improvementJSON = OutputKind(name: "a trace", marks: ["\"monotone/improvement/"])
  static let improvementCSV = OutputKind(name: "a trace", beginnings: ["index,"])
  static let fuzzSummary = OutputKind(name: "a summary", beginnings: ["# A campaign of "])
  static let fuzzJUnit = OutputKind(
    name: "a JUnit file", marks: ["<testsuites name=\"monotone fuzz\""])
  static let gif = OutputKind(name: "a .gif", beginnings: ["GIF8"])
  static let mp4 = OutputKind(name: "an .mp4", marks: ["ftyp"])
  static let observations = OutputKind(name: "a log of observations", marks: ["\"run_start\""])

  /// Whether a file is empty or of this kind.
  func matches(_ path: String) -> Bool {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    else { return false }
    // The byte 0x93 is no letter of UTF-8.
    let bytes = { (text: String) in text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }
    return data.withUnsafeBytes { contents in
      contents.isEmpty || beginnings.contains { contents.starts(with: bytes($0)) }
        || marks.contains { contents.contains(bytes($0)) }
    }
  }
}
