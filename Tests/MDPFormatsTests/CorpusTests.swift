import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Every file that comes with the package.
@Suite("The models that come with the package")
struct CorpusTests {
  static let folder: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/mdps"
  }()

  /// The JSON files in a folder, sorted.
  static func files(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".json") { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }

  static let models = files(in: folder)
  static let examples = files(in: folder + "/counterexamples") + files(in: folder + "/attainment")

  @Test("There are some") func presence() { #expect(!Self.models.isEmpty) }

  @Test("Every model reads, and reads back equal from both forms", arguments: models)
  func model(_ path: String) throws {
    let document = try MDPReader.read(InputBytes(path: path))
    #expect(document.normalised.isEmpty)
    #expect(Validator.validate(try InputBytes(path: path)).isValid)
    #expect(try readMDP(MDPWriter.write(document, form: .sparse)) == document)
    let dense = try readMDP(MDPWriter.write(document, form: .dense))
    #expect(dense.space == document.space)
    #expect(dense.transitions == document.transitions)
    // Dense files have room for one kind of reward, so compare what all of them come to.
    #expect(expectedRewards(dense) == expectedRewards(document))
  }

  @Test(
    "Every counterexample and attainment reads, with its model and policies", arguments: examples)
  func example(_ path: String) throws {
    let validation = Validator.validate(try InputBytes(path: path))
    #expect(validation.isValid, "\(validation)")
    let files: [String]
    switch validation.schema {
    case .refutation:
      let document = try BoundCaseReader.read(InputBytes(path: path), as: .refutation)
      files = [document.mdp, document.current, document.candidate]
    case .attainment:
      let document = try BoundCaseReader.read(InputBytes(path: path), as: .attainment)
      files = [document.mdp, document.current, document.candidate]
    case .mdp, .policy, .batch, .training, nil: return
    }
    let folder = path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex)
    let model = try MDPReader.read(InputBytes(path: folder + files[0]))
    for policy in files[1...] {
      let input = try InputBytes(path: folder + policy)
      let read = try PolicyReader.read(input, for: model)
      #expect(Validator.validate(input, against: model).isValid)
      let written = PolicyWriter.write(read.policy, mdp: model.name)
      #expect(
        try PolicyReader.read(InputBytes(written, name: "written"), for: model).policy
          == read.policy)
    }
  }
}
