internal import MonotoneFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Copies of an environment in a Python process.
final class GymnasiumWorker {
  /// The facts that the worker told first.
  let hello: GymnasiumHello
  /// The numbers that pass.
  let memory: GymnasiumMemory

  private let process: WorkerProcess
  private let timeout: Double

  /// The requests that a worker knows.
  enum Request: UInt8 {
    /// A step of every environment that does not rest.
    case step = 0x73
    /// The beginning of an episode in every environment that does not rest.
    case reset = 0x72
  }

  /// Starts a worker and waits until its environments are made.
  ///
  /// - Parameters:
  ///   - id: The environment's, without the mark of its family.
  ///   - first: The number of the first environment, for messages.
  ///   - timeLimit: The most steps of an episode; nil for the environment's own.
  ///   - source: The worker's program.
  init(
    _ id: String, of family: GymnasiumFamily = .gymnasium, _ options: GymnasiumOptions,
    first: UInt64 = 0, count: Int, timeLimit: Int? = nil,
    source: String = GymnasiumWorker.source
  ) throws(GymnasiumFault) {
    let file = GymnasiumMemory.makeFile()
    guard file >= 0 else {
      throw GymnasiumFault(
        cause: .unwritable, message: "no file for shared memory can be made in /dev/shm or TMPDIR")
    }
    defer { close(file) }
    let wanted = """
      {"id": \(JSONText.quoted(id)), "make": \(options.makeArguments), \
      "limit": \(timeLimit.map(String.init) ?? "null"), \
      "import": [\(options.imports.map(JSONText.quoted).joined(separator: ", "))], \
      "path": [\(PythonPackages.buildFolders.map(JSONText.quoted).joined(separator: ", "))], \
      "first": \(first), "count": \(count), "games": \(Self.games(family, options))}
      """
    do throws(ChildProcess.Failure) {
      process = try WorkerProcess(options.python, ["-c", source, wanted], memory: file)
    } catch {
      throw GymnasiumFault(
        cause: .unreadable,
        message: "\(options.python): cannot be run: \(error.message); name a Python with --python")
    }
    timeout = options.timeout
    hello = try Self.hello(process, family, options)
    memory = try GymnasiumMemory(file, hello, count: count)
  }

  /// The program of a worker.
  static let source = String(decoding: PackageResources.gymnasium_worker_py, as: UTF8.self)

  /// The part of the request that says how games of a family are made; `null` where the environment is none.
  private static func games(_ family: GymnasiumFamily, _ options: GymnasiumOptions) -> String {
    guard family.isGames else { return "null" }
    let source = String(decoding: PackageResources.arcade_games_py, as: UTF8.self)
    return """
      {"kind": "\(family.rawValue)", "sticky": \(options.stickyActions.map { "\($0)" } ?? "null"), \
      "full": \(options.hasFullActionSet.map { "\($0)" } ?? "null"), \
      "source": \(JSONText.quoted(source))}
      """
  }

  /// Waits for the lines of a hello.
  private static func hello(
    _ process: WorkerProcess, _ family: GymnasiumFamily, _ options: GymnasiumOptions
  ) throws(GymnasiumFault) -> GymnasiumHello {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let outcome = process.receive(&buffer, upTo: buffer.count, within: options.timeout)
      guard case .bytes(let count) = outcome else {
        throw fault(
          outcome, of: process, doing: "making its environments", within: options.timeout)
      }
      text += buffer[..<count]
      guard text.last == UInt8(ascii: "\n") else { continue }
      let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
      let word = lines.last?.prefix { $0 != " " } ?? ""
      guard word == "ready" || word == "refused" else { continue }
      do throws(GymnasiumFault) {
        return try GymnasiumHello(lines, python: options.python, family)
      } catch {
        var fault = error
        _ = process.ending
        fault.lines = process.lastLines() + fault.lines
        throw fault
      }
    }
  }

  /// Does what has many requests done.
  func inTurns<R>(_ body: () -> R) -> R { process.inTurns(body) }

  /// Has a request done.
  ///
  /// - Throws: ``GymnasiumFault``, after which the worker is no more.
  func ask(_ request: Request) throws(GymnasiumFault) {
    var reply: UInt8 = 0
    process.send(request.rawValue)
    let outcome = process.receive(&reply, upTo: 1, within: timeout)
    guard outcome == .bytes(1), reply == UInt8(ascii: ".") else {
      throw fault(outcome, reply, request)
    }
  }

  private func fault(_ outcome: WorkerProcess.Outcome, _ reply: UInt8, _ request: Request)
    -> GymnasiumFault
  {
    guard outcome == .bytes(1) else {
      return Self.fault(
        outcome, of: process, doing: request == .step ? "a step" : "a reset", within: timeout)
    }
    guard reply == UInt8(ascii: "!") else {
      return fault("answered \(reply), which is none of the protocol's replies")
    }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while text.last != UInt8(ascii: "\n"), text.count < 1 << 16,
      case .bytes(let count) = process.receive(&buffer, upTo: buffer.count, within: 2)
    {
      text += buffer[..<count]
    }
    _ = process.ending
    return GymnasiumFault(
      cause: .internalError, message: String(decoding: text, as: UTF8.self).trimmed.displayable,
      lines: process.lastLines())
  }

  /// Ends the worker for something that it answered.
  func fault(_ message: String) -> GymnasiumFault {
    process.end()
    return GymnasiumFault(
      cause: .internalError, message: message, lines: process.lastLines())
  }

  /// The fault of a worker that did not answer.
  private static func fault(
    _ outcome: WorkerProcess.Outcome, of process: WorkerProcess, doing work: String,
    within timeout: Double
  ) -> GymnasiumFault {
    guard outcome == .timeout else {
      return GymnasiumFault(
        cause: .internalError,
        message: "the Python worker \(process.ending) in the middle of \(work)",
        lines: process.lastLines())
    }
    process.abort()
    return GymnasiumFault(
      cause: .internalError,
      message: "the Python worker hangs: \(work) took more than \(timeout) seconds (--gym-timeout)",
      lines: process.lastLines())
  }
}
