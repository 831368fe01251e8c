import ArgumentParser
import MonotoneC
import MonotoneFiles

/// `monotone serve`.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer calls on standard input, one JSON object a line.",
    discussion: """
      For programs that use Monotone in a process of its own. Each line is a call, and gets one line in \
      answer. The calls are the functions of the C interface (monotone.h) without their prefix: \
      model_from_file, solve, check, improve, audit_open, audit_step, close, and so on.

        {"id": 1, "call": "model_from_file", "path": "mdps/racing.json"}
        {"id": 2, "call": "check", "handle": 1, "current": {"expression": "uniform"}, "candidate": \
      {"probabilities": [[1, 0], [1, 0], null]}}

      An answer repeats the id, and has status (0, or the exit status that stands for the failure), handle \
      (what was opened), result (the document that the command with that name prints with --json) and \
      arrays.

      Example: echo '{"call": "catalogue"}' | monotone serve

      Exit status: 0 at the end of the input, whatever the answers were.
      """)

  func run() throws {
    var lines: StandardInputLines
    do throws(UnreadableInput) { lines = try StandardInputLines() } catch {
      throw CommandFailure(RunFailure(error))
    }
    while true {
      let line: InputBytes?
      do throws(UnreadableInput) { line = try lines.next() } catch {
        throw CommandFailure(RunFailure(error))
      }
      guard let line else { return }
      if !line.isBlank { try Console.output(LineService.answer(line) + "\n") }
    }
  }
}
