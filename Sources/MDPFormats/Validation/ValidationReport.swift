internal import MonotoneFiles

/// The results of checking several files: the document `monotone/validation/v1`.
package struct ValidationReport: Sendable, Equatable {
  /// One entry a file, in the order in which they were given.
  package let files: [FileValidation]

  package init(files: [FileValidation]) { self.files = files }

  /// Whether no file has a fault.
  package var isValid: Bool { files.allSatisfy(\.isValid) }

  /// The report in JSON, ending with a newline.
  ///
  /// A file with more faults than are listed also has the key `unlisted`, their number; one with rows
  /// that are divided by their sums `normalised`, their paths.
  package var json: String {
    var output = "{\n  \"schema\": \"monotone/validation/v1\",\n  \"files\": ["
    for (index, file) in files.enumerated() {
      output += index == 0 ? "\n" : ",\n"
      append(file, to: &output)
    }
    output += files.isEmpty ? "]\n}\n" : "\n  ]\n}\n"
    return output
  }

  private func append(_ file: FileValidation, to output: inout String) {
    output += "    {\"file\": "
    JSONText.appendQuoted(file.file, to: &output)
    output += ", \"valid\": \(file.isValid), \"faults\": ["
    for (index, fault) in file.faults.enumerated() {
      output += index == 0 ? "\n" : ",\n"
      output += "      {\"kind\": \"\(fault.kind.rawValue)\", \"line\": \(fault.line), "
      output += "\"column\": \(fault.column), \"path\": "
      JSONText.appendQuoted(fault.path, to: &output)
      output += ", \"message\": "
      JSONText.appendQuoted(fault.message, to: &output)
      output += "}"
    }
    output += file.faults.isEmpty ? "]" : "\n    ]"
    if !file.normalised.isEmpty {
      output += ", \"normalised\": "
      output.appendList(file.normalised, "[", "]") { JSONText.appendQuoted($0, to: &$1) }
    }
    if file.unlisted > 0 { output += ", \"unlisted\": \(file.unlisted)" }
    output += "}"
  }
}
