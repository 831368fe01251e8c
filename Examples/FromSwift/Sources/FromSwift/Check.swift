import MDPGuarantees
import MDPVerification
import MonotoneReports

/// The verdict on every claim about the greedy update of the uniform policy, with a report in a folder.
public func check(_ file: String, reportTo folder: String) throws -> UpdateCheck {
  let verifier = ModelVerifier(try LoadedModel(file))
  let check = try verifier.check(current: "uniform", candidate: "greedy(uniform)")
  try CheckReport(check).write(to: folder)
  return check
}
