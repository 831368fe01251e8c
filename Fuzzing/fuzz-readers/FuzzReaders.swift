import CFuzzer
import MonotoneFiles

/// libFuzzer over one of the readers: whatever the bytes, reading ends with a result or with faults.
///
///     fuzz-readers --list                         the names of all readers
///     fuzz-readers --seeds=FOLDER                 small valid files for each, to begin from
///     fuzz-readers --reader=umb -runs=100000 FOLDER/umb
///
/// Options with one dash are libFuzzer's, which passes over those with two. A file given in place of a folder
/// is read once, as libFuzzer's crash files are.
@main
enum FuzzReaders {
  /// The reader of this run.
  private static let reader = option("--reader").flatMap(FuzzedReader.init)

  static func main() throws {
    if CommandLine.arguments.contains("--list") {
      print(FuzzedReader.allCases.map(\.rawValue).joined(separator: "\n"))
    } else if let folder = option("--seeds") {
      try FuzzSeeds.write(to: folder)
    } else if reader != nil {
      var count = CommandLine.argc
      var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
      _ = LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
        FuzzReaders.reader?.read(Array(UnsafeBufferPointer(start: bytes, count: size)))
        return 0
      }
    } else {
      fatalError("expected --reader=NAME with a name that --list prints")
    }
  }

  private static func option(_ name: String) -> String? {
    CommandLine.arguments.first { $0.hasPrefix("\(name)=") }
      .map { String($0.dropFirst(name.count + 1)) }
  }
}
