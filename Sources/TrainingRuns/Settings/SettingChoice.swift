/// A value that somebody chose for a hyper-parameter, as text: a number, true or false, numbers with commas
/// between, or a word; `none` also stands for "not at all".
///
/// Apart from the JSON forms of a configuration, because a word of the command line does not say of which
/// kind it is: the hyper-parameter takes the first reading that is valid.
package struct SettingChoice: Sendable {
  /// The hyper-parameter's name.
  package var name: String
  /// The value as it was written.
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// The values that the text may stand for, the likeliest first.
  var readings: [Hyperparameter.Value] {
    var readings: [Hyperparameter.Value] = []
    if let number = Double(text) { readings.append(.number(number)) }
    if let flag = Bool(text) { readings.append(.flag(flag)) }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    if !parts.contains(nil) { readings.append(.numbers(parts.compactMap { $0 })) }
    readings.append(.text(text))
    if text == "none" { readings += [.null, .numbers([])] }
    return readings
  }
}
