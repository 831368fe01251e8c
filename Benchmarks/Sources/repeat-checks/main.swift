import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles

// Work for Tools/check_leaks.py: one model checked so many times in one process, each time with an
// evaluator, policies and results of its own, of which nothing is kept.
//
//     repeat-checks MODEL COUNT

/// A check in each arithmetic, and a certificate.
func checkOnce(_ document: MDPDocument, seed: UInt64) throws {
  let current = ExactPolicy.uniform(document.space)
  // A step of 10⁻²⁰ needs refinement, and logarithms of more bits than the first try has.
  let candidate = current.mixed(
    with: .random(document.space, seed: seed),
    weight: try ExactNumber(parsing: seed % 2 == 0 ? "1e-20" : "1/3").rational)
  for arithmetic in ArithmeticKind.allCases {
    let check = try UpdateVerifier(PolicyEvaluator(document), arithmetic: arithmetic).check(
      from: NamedPolicy(name: "current", policy: current),
      to: NamedPolicy(name: "candidate", policy: candidate))
    precondition(arithmetic == .float64 || arithmetic == .certified || check.worst == .holds)
  }
  let evaluator = PolicyEvaluator(document)
  _ = try Certificate(
    PolicyUpdate(
      current: try evaluator.solveExactly(current), candidate: try evaluator.solveExactly(candidate)
    ))
}

guard CommandLine.arguments.count == 3, let count = UInt64(CommandLine.arguments[2]) else {
  fatalError("usage: repeat-checks MODEL COUNT")
}
for repetition in 0..<count {
  // Read anew, so that the reader is watched too.
  let document = try MDPReader.read(InputBytes(path: CommandLine.arguments[1]))
  try checkOnce(document, seed: repetition)
}
