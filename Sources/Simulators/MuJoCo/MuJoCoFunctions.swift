internal import MonotoneFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The functions of libmujoco that stepping needs, found in the library by name.
///
/// Models and simulations are opaque: no header is needed to build, and no layout of a structure is
/// relied upon. Numbers go in and out by `mj_setState` and `mj_getState`.
struct MuJoCoFunctions: Sendable {
  typealias Model = OpaquePointer
  typealias Data = OpaquePointer

  let versionString: @Sendable @convention(c) () -> UnsafePointer<CChar>?
  /// File, virtual file system, room for a message and its length.
  let loadXML:
    @Sendable @convention(c) (
      UnsafePointer<CChar>, OpaquePointer?, UnsafeMutablePointer<CChar>, Int32
    ) -> Model?
  let deleteModel: @Sendable @convention(c) (Model) -> Void
  let makeData: @Sendable @convention(c) (Model) -> Data?
  let deleteData: @Sendable @convention(c) (Data) -> Void
  let resetData: @Sendable @convention(c) (Model, Data) -> Void
  let forward: @Sendable @convention(c) (Model, Data) -> Void
  let step: @Sendable @convention(c) (Model, Data) -> Void
  /// How many numbers the parts of a state that a mask names have.
  let stateSize: @Sendable @convention(c) (Model, Int32) -> Int32
  let getState: @Sendable @convention(c) (Model, Data, UnsafeMutablePointer<Double>, Int32) -> Void
  let setState: @Sendable @convention(c) (Model, Data, UnsafePointer<Double>, Int32) -> Void

  /// A function that the library lacks.
  struct Missing: Error {
    var name: String
  }

  /// The functions of a library that `dlopen` opened.
  init(_ library: UnsafeMutableRawPointer) throws(Missing) {
    func function<T>(_ name: String, as type: T.Type = T.self) throws(Missing) -> T {
      guard let symbol = dlsym(library, name) else { throw Missing(name: name) }
      return unsafeBitCast(symbol, to: T.self)
    }
    versionString = try function("mj_versionString")
    loadXML = try function("mj_loadXML")
    deleteModel = try function("mj_deleteModel")
    makeData = try function("mj_makeData")
    deleteData = try function("mj_deleteData")
    resetData = try function("mj_resetData")
    forward = try function("mj_forward")
    step = try function("mj_step")
    stateSize = try function("mj_stateSize")
    getState = try function("mj_getState")
    setState = try function("mj_setState")
    try Self.listen(library)
  }

  /// Has the library tell of its troubles on standard error; by itself it writes a log file into the
  /// folder that the program runs in, and ends the program as if nothing were worth a word.
  private static func listen(_ library: UnsafeMutableRawPointer) throws(Missing) {
    typealias Handler = @convention(c) (UnsafePointer<CChar>?) -> Void
    func set(_ name: String, _ handler: @escaping Handler) throws(Missing) {
      guard let place = dlsym(library, name) else { throw Missing(name: name) }
      place.assumingMemoryBound(to: Optional<Handler>.self).pointee = handler
    }
    try set("mju_user_warning") { MuJoCoTrouble.warn($0.map { String(cString: $0) } ?? "") }
    try set("mju_user_error") { MuJoCoTrouble.end($0.map { String(cString: $0) } ?? "") }
  }
}
