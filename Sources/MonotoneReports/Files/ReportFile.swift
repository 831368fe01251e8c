internal import MonotoneFiles

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// A file of a report: its name within the report's folder, and its bytes.
package struct ReportFile: Sendable {
  package var name: String
  package var data: Data

  package init(name: String, data: Data) {
    self.name = name
    self.data = data
  }
}

extension [ReportFile] {
  /// Writes the files into a folder, made if it does not exist: all or none.
  func write(to directory: String) throws(ReportFailure) {
    var set = AtomicFileSet(makesFolders: true)
    do throws(UnwritableOutput) {
      for file in self { try set.prepare([UInt8](file.data), at: "\(directory)/\(file.name)") }
      try set.commit()
    } catch {
      set.discard()
      throw .output(error)
    }
  }
}

extension ReportFailure {
  /// Makes of what cannot be encoded a failure of the report.
  static func encoding<Result>(
    _ body: () throws(UnencodableResult) -> Result
  ) throws(ReportFailure) -> Result {
    do throws(UnencodableResult) { return try body() } catch { throw .encoding(error) }
  }
}
