internal import Files
internal import Foundation

/// A file of a report: its name within the report's folder, and its bytes.
struct ReportFile {
  var name: String
  var data: Data
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
  /// Makes of whatever may go wrong while a report is made one kind of failure.
  static func rendering<Result>(_ body: () throws -> Result) throws(ReportFailure) -> Result {
    do { return try body() } catch let failure as FigureFailure {
      throw .figure(failure)
    } catch let failure as UnencodableResult {
      throw .encoding(failure)
    } catch {
      throw .encoding(UnencodableResult(reason: "an exporter failed"))
    }
  }
}
