import ArgumentParser
import MDPCore
import MonotoneFiles

/// The names of commands.
enum CommandNames {
  /// Refuses a command that is none, with the nearest that is.
  ///
  /// The argument parser would only call it an unexpected argument.
  static func requireKnown(_ arguments: [String], in command: any ParsableCommand.Type) throws {
    let subcommands = command.configuration.subcommands
    guard !subcommands.isEmpty, let name = arguments.first, !name.hasPrefix("-"), name != "help"
    else { return }
    if let known = subcommands.first(where: { $0._commandName == name }) {
      return try requireKnown(Array(arguments.dropFirst()), in: known)
    }
    let names = subcommands.map { $0._commandName }
    throw CommandFailure(
      "unknown command \"\(name)\"; expected one of \(names.joined(separator: ", "))"
        + NearestName.hint(name, among: names), .usage)
  }
}

/// Negative numbers as values of options.
enum NegativeNumbers {
  /// The arguments with `--option -1` as `--option=-1`: the argument parser takes `-1` for an option, and would
  /// only say that the value is missing.
  static func joined(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for (index, argument) in arguments.enumerated() {
      if isNumber(argument), let option = joined.last, option.hasPrefix("--"), option.count > 2,
        !option.contains("="), !arguments[..<index].contains("--")
      {
        joined[joined.count - 1] = "\(option)=\(argument)"
      } else {
        joined.append(argument)
      }
    }
    return joined
  }

  private static func isNumber(_ argument: String) -> Bool {
    guard argument.hasPrefix("-"), !argument.hasPrefix("--") else { return false }
    let rest = argument.dropFirst()
    return Double(rest) != nil || rest.first?.isNumber ?? false
  }
}
