import ArgumentParser
import MonotoneFiles
import MonotoneReports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Monotone {
  /// Says why a command ended and leaves with the exit status that stands for it.
  static func leave(_ error: any Error) -> Never {
    #if Distributed
      DistributedJob.failTogether()
    #endif
    switch error {
    case let failure as CommandFailure: leave(failure)
    case let failure as RunFailure: leave(CommandFailure(failure))
    case let failure as UnencodableResult: leave(CommandFailure(failure.message, .internalError))
    default: leaveParsing(error)
    }
  }

  private static func leave(_ failure: CommandFailure) -> Never {
    // Who closed a pipe knows it.
    if failure.status != .readerGone { Console.error(failure.message) }
    systemExit(failure.status.rawValue)
  }

  /// Leaves for what the argument parser threw: a request for help, a fault of usage, or the status of a
  /// command that has said all.
  private static func leaveParsing(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    guard code != .failure else {
      leave(CommandFailure("an unexpected failure: \(type(of: error))", .internalError))
    }
    let text = fullMessage(for: error)
    guard code == .success else {
      let isUsage = code == .validationFailure
      if !text.isEmpty { Console.note(isUsage ? UsageMessage.withHint(text) : text) }
      systemExit(code.rawValue)
    }
    do throws(CommandFailure) { if !text.isEmpty { try Console.output(text + "\n") } } catch {
      leave(error)
    }
    systemExit(ExitStatus.success.rawValue)
  }
}

/// Ends the process; within a command, `exit` is the argument parser's.
private func systemExit(_ status: Int32) -> Never { exit(status) }
