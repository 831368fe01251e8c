package import MonotoneFiles

/// Reads settings from files of the format `monotone/training/v1`: one flat object of names with
/// numbers, texts, flags, lists of numbers, or null.
package enum SettingsReader {
  /// Reads settings.
  ///
  /// - Parameters:
  ///   - names: The names that may stand in the file, beside `schema`; nil if any may.
  ///   - fault: What is wrong with a value of a name; nil if nothing is.
  /// - Throws: ``InvalidInput`` with every fault.
  package static func read(
    _ input: InputBytes, names: [String]? = nil, configuration: MDPReaderConfiguration = .init(),
    fault: (_ name: String, _ value: SettingValue) -> String? = { _, _ in nil }
  ) throws(InvalidInput) -> [Setting] {
    let json = try JSONDocument(input, nestingLimit: configuration.nestingLimit)
    let log = FaultLog(limit: configuration.faultLimit)
    var settings: [Setting] = []
    let names = names ?? keys(of: json)
    if let members = DocumentMembers(
      json, schema: .training, required: ["schema"], optional: names, log: log)
    {
      for name in names {
        guard let cursor = members.cursor(at: name) else { continue }
        guard let value = value(cursor) else {
          log.schema(
            at: cursor.position,
            "found \(cursor.excerpt()); expected a number, a text, true, false, null or a list of "
              + "numbers")
          continue
        }
        if let fault = fault(name, value) {
          log.value(at: cursor.position, fault)
        } else {
          settings.append(Setting(name: name, value: value))
        }
      }
    }
    guard log.isEmpty else { throw log.error(in: input) }
    return settings
  }

  private static func keys(of json: JSONDocument) -> [String] {
    guard json.cursor(at: json.root).kind == .object else { return [] }
    var keys: [String] = []
    for member in json.members {
      var cursor = json.cursor(at: member.key)
      let key = cursor.text(cursor.string())
      if key != "schema", !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  private static func value(_ cursor: JSONCursor) -> SettingValue? {
    var cursor = cursor
    switch cursor.kind {
    case .number: return number(&cursor).map(SettingValue.number)
    case .string: return .text(cursor.text(cursor.string()))
    case .boolean: return .flag(cursor.byte == UInt8(ascii: "t"))
    case .null: return .null
    case .object: return nil
    case .array:
      var numbers: [Double] = []
      var more = cursor.enter()
      while more {
        guard cursor.kind == .number, let value = number(&cursor) else { return nil }
        numbers.append(value)
        more = cursor.next()
      }
      return .numbers(numbers)
    }
  }

  /// A number, correctly rounded; nil where it is beyond the range of double precision.
  private static func number(_ cursor: inout JSONCursor) -> Double? {
    let text = String(decoding: cursor.scalar(), as: UTF8.self)
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}

/// A name and its value.
package struct Setting: Sendable, Equatable {
  package var name: String
  package var value: SettingValue

  package init(name: String, value: SettingValue) {
    self.name = name
    self.value = value
  }
}

/// The value of a setting.
package enum SettingValue: Sendable, Equatable {
  case number(Double)
  case text(String)
  case flag(Bool)
  case numbers([Double])
  case null
}
