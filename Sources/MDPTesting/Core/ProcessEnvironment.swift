#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The environment of the process, without Foundation, which a test library should not force on its
/// users.
enum ProcessEnvironment {
  /// A variable's value.
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
