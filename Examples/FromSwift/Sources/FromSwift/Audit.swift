import MDPVerification
import MonotoneReports
import TRPOComparison

/// The updates between successive policies, compared with a trust region δ, with a report in a folder.
public func audit(
  _ policies: [String], of file: String, delta: Double, reportTo folder: String
) throws -> AuditDocument {
  let run = AuditRun(try LoadedModel(file), delta: delta)
  try run.audit(policies)
  try AuditReport(run.document).write(to: folder)
  return run.document
}
