import MDPFormats
import MonotoneArithmetic
import Testing

@testable import MDPVerification

@Suite("Rigour and the commands that ask for it")
struct RigourTests {
  @Test(
    "What the numbers need is solved exactly where that is affordable, and only if nothing was chosen"
  )
  func sharpened() throws {
    let model = try Models.loaded(Models.fork)
    #expect(Rigour().sharpened(for: model).kind == .exact)
    #expect(Rigour(.certified).sharpened(for: model).kind == .certified)
    var poor = Rigour()
    poor.configuration.exactSecondsLimit = 0
    #expect(poor.sharpened(for: model).kind == .auto && !poor.canSolveExactly(model))
    #expect(Rigour().canSolveExactly(model) && !Rigour(.float64).canSolveExactly(model))
  }

  @Test(
    "Times are told as people tell them",
    arguments: [
      (0.2, "about 1 s"), (3_599, "about 3599 s"), (7_200, "about 2 hours"),
      (1e8, "months or more"), (.infinity, "months or more"),
    ])
  func seconds(_ seconds: Double, _ text: String) {
    #expect(ExactSeconds.text(seconds) == text)
  }

  @Test("A command repeats what was asked for, in words that a shell reads as they are")
  func command() throws {
    var forced = Rigour(.exact)
    forced.configuration.exactSecondsLimit = .infinity
    var reading = MDPReaderConfiguration()
    reading.rowTolerance.stated = try ExactNumber(parsing: "0.01")
    #expect(
      CheckCommand(mdp: "my model.json", current: "uniform", candidate: "greedy(uniform)").line
        == "monotone check 'my model.json' --current uniform --candidate 'greedy(uniform)'")
    #expect(
      CheckCommand(
        mdp: "m.json", current: "uniform", candidate: "optimal", subject: .variant("half-constant"),
        arithmetic: forced, reading: reading
      ).line == """
        monotone check m.json --current uniform --candidate optimal --variant half-constant \
        --arithmetic exact --force --normalise 0.01
        """)
    #expect(
      CheckCommand(
        mdp: "m.json", current: "uniform", candidate: "optimal",
        subject: .claim(
          "gain >= b - a", parameters: ["b": ExactNumber(2), "a": try ExactNumber(parsing: "1/3")])
      ).line == """
        monotone check m.json --current uniform --candidate optimal --claim 'gain >= b - a' \
        --parameter a=1/3 --parameter b=2
        """)
  }
}
