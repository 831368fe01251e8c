package import MonotoneFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where libmujoco and the files of the robots' models are.
package struct MuJoCoInstallation: Sendable {
  /// The library.
  package let library: MuJoCoLibrary
  /// The folder of the models.
  private let models: String

  /// Finds and loads the library.
  ///
  /// The models are those of the Python package `gymnasium`. The library is the one that is named, by
  /// `MONOTONE_MUJOCO` where none is, and otherwise that of the Python package `mujoco`.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure``, with how to install what is missing.
  package init(library named: String? = nil) throws(RunFailure) {
    let packages = try PythonPackages.installed()
    guard let gymnasium = packages.gymnasium else {
      throw RunFailure(
        "MuJoCo: python3 has no package gymnasium, which has the models of the robots\n"
          + "  \(PythonPackages.remedy)", .unreadable)
    }
    guard let path = named ?? Self.variable ?? packages.mujoco.flatMap(Self.library) else {
      throw RunFailure(
        "MuJoCo: python3 has no package mujoco, and no libmujoco is named\n"
          + "  \(PythonPackages.remedy)", .unreadable)
    }
    self.init(
      library: try MuJoCoLibrary(path),
      models: FileSystem.place("envs/mujoco/assets", in: gymnasium))
  }

  init(library: MuJoCoLibrary, models: String) {
    self.library = library
    self.models = models
  }

  /// The model of a file.
  func model(_ file: String) throws(RunFailure) -> MuJoCoModel {
    try MuJoCoModel(FileSystem.place(file, in: models), library)
  }

  private static var variable: String? {
    getenv("MONOTONE_MUJOCO").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The library in the folder of the package: `libmujoco.so.3.17.0`, `libmujoco.3.17.0.dylib`.
  private static func library(in folder: String) -> String? {
    FileSystem.names(in: folder).sorted().last { $0.hasPrefix("libmujoco.") }
      .map { FileSystem.place($0, in: folder) }
  }
}
