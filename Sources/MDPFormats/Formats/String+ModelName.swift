internal import MonotoneFiles

extension String {
  /// A name for the model of a file: the file's, without folder and ending.
  var modelName: String {
    let file = fileName
    let stem = file.prefix { $0 != "." }
    return stem.isEmpty ? file.isEmpty ? "model" : file : String(stem)
  }
}
