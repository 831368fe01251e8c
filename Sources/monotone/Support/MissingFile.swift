import Foundation
import MDPCore

/// What a path that leads nowhere was probably meant to be.
enum MissingFile {
  /// `; did you mean "…"?` with a name that the path could have meant, or with a file beside it.
  static func hint(_ path: String, or names: [String]) -> String {
    guard path != "-", !FileManager.default.fileExists(atPath: path) else { return "" }
    let word = String(path.prefix { $0 != "(" })
    if let name = names.first(where: { $0 == word }) ?? NearestName.of(word, among: names) {
      return "; did you mean \"\(name)\(path.dropFirst(word.count))\"?"
    }
    let folder = (path as NSString).deletingLastPathComponent
    let siblings =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return NearestName.of((path as NSString).lastPathComponent, among: siblings.sorted()).map {
      "; did you mean \"\((folder as NSString).appendingPathComponent($0))\"?"
    } ?? ""
  }
}
