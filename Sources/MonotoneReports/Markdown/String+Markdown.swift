extension String {
  /// The string as Markdown text that shows just these characters, in a table too.
  var markdownEscaped: String {
    var result = ""
    for character in displayable {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  /// The string as a code span of a table.
  var markdownCode: String {
    let text = displayable
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let padding = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    // A table ends cells at pipes even inside code; there alone a backslash escapes within code.
    let cell = text.split(separator: "|", omittingEmptySubsequences: false)
      .joined(separator: "\\|")
    return fence + padding + cell + padding + fence
  }
}
