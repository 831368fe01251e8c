extension JUnitXML {
  /// How a case came out.
  package enum Outcome {
    case passed
    case skipped(message: String)
    case failure(type: String, message: String, detail: String)
    case error(type: String, message: String)
  }

  /// A `<testcase>`.
  package struct Case {
    var group: String
    var name: String
    var outcome: Outcome
    /// The properties of the case.
    var properties: [Property]

    package init(group: String, name: String, outcome: Outcome, properties: [Property] = []) {
      self.group = group
      self.name = name
      self.outcome = outcome
      self.properties = properties
    }

    var lines: [String] {
      let head =
        "    <testcase classname=\"\(group.xmlEscaped)\" name=\"\(name.xmlEscaped)\""
      let body: String?
      switch outcome {
      case .passed: body = nil
      case .skipped(let message): body = "<skipped message=\"\(message.xmlEscaped)\"/>"
      case .failure(let type, let message, let detail):
        body = """
          <failure type=\"\(type.xmlEscaped)\" message=\"\(message.xmlEscaped)\">\
          \(detail.xmlEscaped)</failure>
          """
      case .error(let type, let message):
        body = "<error type=\"\(type.xmlEscaped)\" message=\"\(message.xmlEscaped)\"/>"
      }
      let elements = [Property.element(of: properties), body].compactMap(\.self)
      if elements.isEmpty { return [head + "/>"] }
      return [head + ">"] + elements.map { "      " + $0 } + ["    </testcase>"]
    }
  }

  /// A `<property>`.
  package struct Property {
    var name: String
    var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }

    /// The element that holds some properties; nil where there are none.
    fileprivate static func element(of properties: [Property]) -> String? {
      guard !properties.isEmpty else { return nil }
      let elements = properties.map {
        "<property name=\"\($0.name.xmlEscaped)\" value=\"\($0.value.xmlEscaped)\"/>"
      }
      return "<properties>\(elements.joined())</properties>"
    }
  }

  /// A `<testsuite>`.
  package struct Suite {
    var name: String
    var file: String?
    /// The properties of the suite beside its file.
    var properties: [Property]
    var cases: [Case]

    package init(
      name: String, file: String? = nil, properties: [Property] = [], cases: [Case]
    ) {
      self.name = name
      self.file = file
      self.properties = properties
      self.cases = cases
    }

    var tally: Tally { cases.reduce(into: Tally()) { $0.count($1.outcome) } }

    var lines: [String] {
      var lines = ["  <testsuite name=\"\(name.xmlEscaped)\"\(tally.attributes)>"]
      let all = (file.map { [Property(name: "file", value: $0)] } ?? []) + properties
      if let element = Property.element(of: all) { lines.append("    " + element) }
      return lines + cases.flatMap(\.lines) + ["  </testsuite>"]
    }
  }

  /// The counts that suites carry.
  struct Tally {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0

    mutating func count(_ outcome: Outcome) {
      tests += 1
      switch outcome {
      case .passed: break
      case .skipped: skipped += 1
      case .failure: failures += 1
      case .error: errors += 1
      }
    }

    static func + (a: Tally, b: Tally) -> Tally {
      Tally(
        tests: a.tests + b.tests, failures: a.failures + b.failures, errors: a.errors + b.errors,
        skipped: a.skipped + b.skipped)
    }

    var attributes: String {
      " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
    }
  }
}

extension String {
  /// The string as XML 1.0 text or attribute value, without the characters that XML forbids.
  var xmlEscaped: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      case 0x27: result += "&apos;"
      // Attribute values would turn these into spaces.
      case 0x09, 0x0A, 0x0D: result += "&#\(scalar.value);"
      case 0x00..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
