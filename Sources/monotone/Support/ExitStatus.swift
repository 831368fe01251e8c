import MonotoneArithmetic
import MonotoneFiles
import MDPGuarantees
import MDPFormats
import MDPSolvers
import MonotoneReports

/// How the command ends (design, section 8; the numbers above 63 are those of sysexits.h).
enum ExitStatus: Int32 {
  case success = 0
  case violated = 2
  case undecided = 3
  case conditionMet = 4
  case usage = 64
  case badData = 65
  case unreadable = 66
  case internalError = 70
  case unwritable = 73
  case interrupted = 130
  /// Nobody reads the output any more: what a signal of a closed pipe would have said.
  case readerGone = 141

  /// The status that the worst verdict of a run stands for.
  ///
  /// - Parameter isStrict: Whether an equality that was only not refuted counts as undecided.
  init(_ worst: Verdict, isStrict: Bool = false) {
    switch worst {
    case .consistent where isStrict: self = .undecided
    case .holds, .consistent, .notApplicable: self = .success
    case .violated: self = .violated
    case .undecided: self = .undecided
    }
  }
}

extension ExitStatus {
  /// The status of a reason for which a run cannot go on.
  init(_ cause: RunFailure.Cause) {
    self =
      switch cause {
      case .usage: .usage
      case .badData: .badData
      case .unreadable: .unreadable
      case .unwritable: .unwritable
      case .readerGone: .readerGone
      case .interrupted: .interrupted
      case .internalError: .internalError
      }
  }
}

/// A reason to stop, with what to print and how to end.
struct CommandFailure: Error {
  var message: String
  var status: ExitStatus

  init(_ message: String, _ status: ExitStatus) {
    self.message = message
    self.status = status
  }

  init(_ failure: UnreadableInput) { self.init(RunFailure(failure)) }
  init(_ failure: InvalidInput) { self.init(RunFailure(failure)) }
  init(_ failure: UnwritableOutput) { self.init(RunFailure(failure)) }

  /// The failure that ended a run.
  init(_ failure: RunFailure) { self.init(failure.message, ExitStatus(failure.cause)) }

  /// A model that reads well but cannot be computed with.
  init(_ failure: EvaluationFailure, file: String) {
    self.init("\(file): \(failure.message)", .badData)
  }
}
