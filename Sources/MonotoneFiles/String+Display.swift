extension String {
  /// The number of terminal columns that the string takes.
  ///
  /// Combining marks and joiners take none, East Asian wide characters and emoji two. That is
  /// what `wcwidth` says without its tables for historic scripts.
  package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// The string, or its beginning and an ellipsis where it is longer.
  package func shortened(to length: Int) -> String {
    count <= length ? self : prefix(length - 1) + "…"
  }

  /// The string with everything that moves a cursor, breaks a line or reorders text written out:
  /// names come from other people's files.
  package var displayable: String {
    guard unicodeScalars.contains(where: \.isUnsafeToDisplay) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.isUnsafeToDisplay:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Character {
  fileprivate var displayWidth: Int {
    // A cluster (a letter and its accents, an emoji and its modifiers) is drawn as one.
    unicodeScalars.reduce(0) { max($0, $1.displayWidth) }
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: 0
    default: isWide ? 2 : 1
    }
  }

  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      true
    default: properties.isEmojiPresentation
    }
  }

  fileprivate var isUnsafeToDisplay: Bool {
    switch value {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default:
      switch properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }
}
