import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

/// Kinds of faults on which readers once crashed, as libFuzzer found them.
@Suite("Inputs that a fuzzer found")
struct FuzzedInputTests {
  private func faults(_ bytes: [UInt8], _ name: String) -> [Fault] {
    let error = #expect(throws: InvalidInput.self) {
      try ModelReader.read(InputBytes(bytes, name: name))
    }
    return error?.faults ?? []
  }

  @Test("identity where there are more states than observations")
  func identity() {
    let text = """
      discount: 0.95
      states: a b
      actions: go
      observations: one
      T: go
      identity
      O: *
      identity
      R: * : * : * : * 1
      """
    let found = faults(Array(text.utf8), "model.POMDP")
    #expect(found.map(\.path) == ["O"])
    #expect(found.first?.line == 8)
    #expect(found.first?.message.contains("2 × 1") == true)
    // As many of one as of the other are the model that was meant.
    let right = text.replacing("observations: one", with: "observations: one two")
    #expect(throws: Never.self) {
      try ModelReader.read(InputBytes(right, name: "model.POMDP"))
    }
  }

  @Test("A .umb whose own note declares fewer actions than its choices have")
  func actions() throws {
    let model = try MDPReader.read(InputBytes(mdpText(), name: "model"))
    var bytes = try UMBFormat().write(model, ModelWriting())[0].bytes
    let (note, fewer) = (Array(#""actions": "2""#.utf8), Array(#""actions": "1""#.utf8))
    let place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: note) }, "the writer notes the actions")
    bytes.replaceSubrange(place..<(place + note.count), with: fewer)
    let found = faults(bytes, "model.umb")
    #expect(found.map(\.message) == ["action 1; the file declares 0 to 0"])
  }
}
