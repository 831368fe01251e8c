import MDPFormats
import MonotoneArithmetic
import MonotoneFiles
import Testing

@testable import MDPVerification

@Suite("Models that are loaded")
struct LoadedModelTests {
  @Test("A file gives its document and an evaluator of the same model")
  func reading() throws {
    try withFiles(["fork.json": Models.fork]) { folder in
      let model = try LoadedModel("\(folder)/fork.json")
      #expect(model.file == "\(folder)/fork.json" && model.document.name == "fork")
      #expect(model.evaluator.document == model.document)
      let evaluation = try model.evaluator.solveExactly(.uniform(model.document.space))
      #expect(evaluation.stateValues == (try Models.fractions(["3/2", "5/2"])))
    }
  }

  @Test("A file that is not there is answered with one beside it")
  func missing() throws {
    try withFiles(["fork.json": Models.fork]) { folder in
      let failure = #expect(throws: RunFailure.self) { try LoadedModel("\(folder)/frk.json") }
      #expect(failure?.cause == .unreadable)
      #expect(failure?.message.contains("did you mean \"\(folder)/fork.json\"?") == true)
    }
  }

  @Test("A file that is no model is refused, with its name and the fault")
  func broken() throws {
    let text = Models.line.replacing("\"discount\": \"3/4\"", with: "\"discount\": \"5/4\"")
    try withFiles(["line.json": text]) { folder in
      let failure = #expect(throws: RunFailure.self) { try LoadedModel("\(folder)/line.json") }
      #expect(failure?.cause == .badData)
      #expect(failure?.message.contains("line.json") == true)
      #expect(failure?.message.contains("discount") == true)
    }
  }

  @Test("How a model is read is how its policies are: a stated tolerance serves both")
  func tolerance() throws {
    let wide = Models.fork.replacing(
      #""action": "go", "to": {"j": 1}"#, with: #""action": "go", "to": {"j": 0.999}"#)
    let policy =
      #"{"schema": "monotone/policy/v1", "mdp": "fork", "probabilities": [[0.5, 0.4995], [1, 0]]}"#
    try withFiles(["fork.json": wide, "p.json": policy]) { folder in
      #expect(throws: RunFailure.self) { try LoadedModel("\(folder)/fork.json") }
      var reading = MDPReaderConfiguration()
      reading.rowTolerance.stated = try ExactNumber(parsing: "0.01")
      let model = try LoadedModel("\(folder)/fork.json", reading)
      let named = try PolicyResolver(model).policy("\(folder)/p.json")
      // 0.5 and 0.4995 over 0.9995.
      let expected = try Models.fractions(["1000/1999", "999/1999", "1", "0"])
      #expect(named.policy.probabilities == expected && named.normalised.count == 1)
    }
  }
}
