import Glibc

/// libFuzzer over one of the readers: whatever the bytes, reading ends with a result or with faults.
///
///     fuzz-readers --list                         the names of all readers
///     fuzz-readers --seeds=FOLDER                 small valid files for each, to begin from
///     fuzz-readers --reader=umb -runs=100000 FOLDER/umb
///
/// Options with one dash are libFuzzer's, which passes over those with two. A file given in place of a folder
/// is read once, as libFuzzer's crash files are. libFuzzer brings the main program, which calls the two functions
/// below.
enum FuzzReaders {
  /// The reader of this run.
  fileprivate static let reader = option("--reader").flatMap(FuzzedReader.init)

  fileprivate static func prepare() throws {
    if CommandLine.arguments.contains("--list") {
      print(FuzzedReader.allCases.map(\.rawValue).joined(separator: "\n"))
      exit(0)
    }
    if let folder = option("--seeds") {
      try FuzzSeeds.write(to: folder)
      exit(0)
    }
    guard reader != nil else {
      print("expected --reader=NAME, with a name that --list prints")
      exit(64)
    }
  }

  private static func option(_ name: String) -> String? {
    CommandLine.arguments.first { $0.hasPrefix("\(name)=") }
      .map { String($0.dropFirst(name.count + 1)) }
  }
}

/// Called once, before all inputs.
@_cdecl("LLVMFuzzerInitialize")
public func initialise(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  do { try FuzzReaders.prepare() } catch {
    print("the seeds cannot be written: \(error)")
    exit(73)
  }
  return 0
}

/// Called for every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOnce(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  FuzzReaders.reader?.read(Array(UnsafeBufferPointer(start: bytes, count: size)))
  return 0
}
