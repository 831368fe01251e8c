package import MonotoneFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// libmujoco, loaded into this process when an environment asks for it.
package struct MuJoCoLibrary: Sendable {
  /// Its file.
  package let path: String
  /// Its version, such as `3.17.0`: between versions trajectories differ from the first step.
  package let version: String
  let functions: MuJoCoFunctions

  /// Loads the library of a file.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` for a file that is no libmujoco, or too old a one.
  package init(_ path: String) throws(RunFailure) {
    // A name without a folder would be looked up among the libraries of the system.
    let place = path.contains("/") ? path : "./\(path)"
    guard let library = dlopen(place, RTLD_NOW | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? "the library cannot be loaded"
      throw RunFailure(
        "MuJoCo: \(path): \(reason)\n  \(PythonPackages.remedy)", .unreadable)
    }
    do throws(MuJoCoFunctions.Missing) { functions = try MuJoCoFunctions(library) } catch {
      throw RunFailure(
        "MuJoCo: \(path): has no function \(error.name); expected libmujoco 3.0 or later\n"
          + "  \(PythonPackages.remedy)", .badData)
    }
    self.path = path
    version = functions.versionString().map { String(cString: $0) } ?? "unknown"
  }
}
