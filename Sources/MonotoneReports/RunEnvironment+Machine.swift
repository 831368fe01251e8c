internal import MonotoneFiles

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension RunEnvironment {
  /// The Swift version that this module was compiled with; the language offers no finer answer.
  public static var compiledSwiftVersion: String {
    #if swift(>=6.5)
      "6.5 or later"
    #elseif swift(>=6.4)
      "6.4"
    #elseif swift(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  /// `Debian GNU/Linux 12 (bookworm)`, or what Foundation says.
  static var systemName: String {
    field("PRETTY_NAME", separator: "=", of: "/etc/os-release")?.replacing("\"", with: "")
      ?? ProcessInfo.processInfo.operatingSystemVersionString
  }

  /// The processor's own name and the architecture.
  static var processorName: String {
    [field("model name", separator: ":", of: "/proc/cpuinfo"), architecture]
      .compactMap { $0 }.joined(separator: ", ")
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "another architecture"
    #endif
  }

  /// The value of the first line `name separator value` of a file.
  private static func field(_ name: String, separator: Character, of path: String) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: separator, maxSplits: 1)
      if parts.count == 2, parts[0].trimmed == name { return parts[1].trimmed }
    }
    return nil
  }
}
