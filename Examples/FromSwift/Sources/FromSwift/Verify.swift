import MDPVerification
import MonotoneReports

/// Every claim on a family of updates of some models, with a report in a folder.
public func verify(_ paths: [String], reportTo folder: String) throws -> Verification {
  var run = VerificationRun()
  run.ruleIterations = 2
  let verification = try run.verify(paths)
  try ReportWriter().write(verification, to: folder)
  return verification
}
