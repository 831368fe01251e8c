internal import MonotoneFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Python packages that have libmujoco and the files of the robots' models.
///
/// Python is only asked where they are; nothing of theirs is run.
struct PythonPackages: Sendable {
  /// The folder of the package `mujoco`, where it is installed.
  var mujoco: String?
  /// The folder of the package `gymnasium`, where it is installed.
  var gymnasium: String?

  /// How to get what is missing.
  static let remedy =
    "install MuJoCo and the models with `make mujoco` in the folder of Monotone, or with `python3 -m "
    + "pip install mujoco==3.17.0 gymnasium==1.4.0`; libmujoco alone can be named with --mujoco or "
    + "MONOTONE_MUJOCO"

  /// Asks `python3`, and looks where `make mujoco` installs.
  static func installed() throws(RunFailure) -> PythonPackages {
    let result: ChildProcess.Result
    do throws(ChildProcess.Failure) {
      result = try ChildProcess.run("python3", ["-c", script] + buildFolders)
    } catch {
      throw RunFailure(
        "MuJoCo: python3, which knows where it is, cannot be run: \(error.message)\n  \(remedy)",
        .unreadable)
    }
    let lines = String(decoding: result.output, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    guard result.status == 0, lines.count >= 2 else {
      let words = String(decoding: result.errors, as: UTF8.self).trimmed
      throw RunFailure("MuJoCo: python3, which knows where it is: \(words)\n  \(remedy)", .badData)
    }
    return PythonPackages(
      mujoco: lines[0].isEmpty ? nil : lines[0], gymnasium: lines[1].isEmpty ? nil : lines[1])
  }

  /// Prints the folder of each package, or an empty line; those of the arguments come last.
  private static let script = """
    from importlib.util import find_spec
    from os.path import dirname
    from sys import argv, path
    path += argv[1:]
    for name in ("mujoco", "gymnasium"):
        spec = find_spec(name)
        print(dirname(spec.origin) if spec and spec.origin else "")
    """

  /// Where `make mujoco` installs: beside what was built, and in the folder that we are in.
  static var buildFolders: [String] {
    var folders = [".build/python"]
    var folder = FileSystem.folder(of: executable)
    while folder != ".", folder != "/" {
      if FileSystem.name(of: folder) == ".build" {
        folders.append(FileSystem.place("python", in: folder))
      }
      folder = FileSystem.folder(of: folder)
    }
    return folders
  }

  private static var executable: String {
    var path = [CChar](repeating: 0, count: 4096)
    #if canImport(Glibc)
      guard readlink("/proc/self/exe", &path, path.count - 1) > 0 else { return "." }
    #else
      var length = UInt32(path.count)
      guard _NSGetExecutablePath(&path, &length) == 0 else { return "." }
    #endif
    return String(
      decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
