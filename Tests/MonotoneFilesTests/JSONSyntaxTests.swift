import TestSupport
import Testing

@testable import MonotoneFiles

/// In the spirit of Nicolas Seriot's JSONTestSuite: what RFC 8259 accepts, and what it does not.
@Suite("JSON syntax")
struct JSONSyntaxTests {
  static let accepted: [String] = [
    "{}", "[]", " [ ] ", "\t\n\r{ }", "null", "true", "false", "0", "-0", "1", "\"\"", "\"a\"",
    "[1,2]", "[[],{}]", "{\"a\":{\"b\":[]}}", "[1.5]", "[1e5]", "[1E+5]", "[1.5e-5]", "[-0.0]",
    "[0e0]", "[123456789012345678901234567890]", "[1e999999999]", "\"\\u0061\"", "\"\\n\\t\\/\"",
    "\"\\\"\\\\\\b\\f\\r\"", "\"\\uD834\\uDD1E\"", "\"é€𝄞\"", "\"\u{7F}\"", "\"\u{2028}\"",
    "\"\\u0000\"", "\"\\uFFFF\"", "\"\u{10FFFF}\"", "{\"\":0}", "{\"a\":1,\"a\":2}",
    "[1 ,2 , 3 ]", "{\"a\" : 1 , \"b\" : 2}", "\"12345678\"", "\"123456789\\\\\"", "[[[[[]]]]]",
    "\"\\uDBFF\\uDFFF\"",
  ]

  @Test("Accepted", arguments: accepted)
  func accepts(_ text: String) throws {
    _ = try JSONDocument(InputBytes(text, name: "t"))
  }

  /// The mark is where the text stops being JSON.
  static let refused: [(String, String, String)] = [
    ("▶", "$", "the file is empty"), ("▶ \n\t ", "$", "the file is empty"),
    ("[▶", "$[0]", "found the end of the file; expected a value"),
    ("[1▶", "$[0]", "found the end of the file; expected `,` or `]`"),
    ("{▶", "$", "expected a key"), ("{\"a\"▶", "$.a", "expected `:`"),
    ("{\"a\":▶", "$.a", "expected a value"), ("{\"a\":1▶", "$.a", "expected `,` or `}`"),
    ("{\"a\":1▶,}", "$.a", "a comma after the last entry"),
    ("[1▶,]", "$[0]", "a comma after the last entry"), ("[▶,1]", "$[0]", "found `,`"),
    ("[1,▶,2]", "$[1]", "found `,`"), ("{▶,}", "$", "expected a key"),
    ("[1 ▶2]", "$[0]", "found `2`"), ("{\"a\" ▶1}", "$.a", "expected `:`"),
    ("{\"a\":1 ▶\"b\":2}", "$.a", "expected `,` or `}`"), ("[1▶}", "$[0]", "found `}`"),
    ("{\"a\":1▶]", "$.a", "found `]`"), ("▶]", "$", "expected a value"), ("{▶1:2}", "$", "key"),
    ("{▶a:1}", "$", "key in double quotes"), ("{▶'a':1}", "$", "key in double quotes"),
    ("[▶'a']", "$[0]", "double quotes"), ("{}▶{}", "$", "after the end"),
    ("[]▶]", "$", "after the end"), ("1 ▶2", "$", "after the end"), ("[▶nul]", "$[0]", "value"),
    ("null▶x", "$", "after the end"), ("[▶NaN]", "$[0]", "NaN and infinity"),
    ("[▶Infinity]", "$[0]", "NaN and infinity"), ("[-▶Infinity]", "$[0]", "needs a digit"),
    ("[▶True]", "$[0]", "expected a value"), ("[▶None]", "$[0]", "expected a value"),
    ("[0▶1]", "$[0]", "start with 0"), ("[-0▶1]", "$[0]", "start with 0"),
    ("[▶+1]", "$[0]", "starts with a digit"), ("[▶.5]", "$[0]", "starts with a digit"),
    ("[1.▶]", "$[0]", "after the point"), ("[1.▶e5]", "$[0]", "after the point"),
    ("[1e▶]", "$[0]", "exponent"), ("[1e+▶]", "$[0]", "exponent"), ("[-▶]", "$[0]", "digit"),
    ("[0▶x10]", "$[0]", "found `x`"), ("[1▶:2]", "$[0]", "found `:`"),
    ("[1▶/2]", "$[0]", "found `/`"),
    ("[1▶_000]", "$[0]", "found `_`"), ("[▶// c\n1]", "$[0]", "no comments"),
    ("[1] ▶# c", "$", "after the end"), ("[\"a▶", "$[0]", "ends within a string"),
    ("\"a\\\"▶", "$", "ends within a string"), ("\"▶\u{0}\"", "$", "control character 0x00"),
    ("\"a▶\nb\"", "$", "write it as \\u000A"), ("\"a▶\tb\"", "$", "write it as \\u0009"),
    ("\"▶\\x41\"", "$", "unknown escape"), ("\"▶\\U0041\"", "$", "unknown escape"),
    ("\"▶\\u12G4\"", "$", "four hexadecimal"), ("\"▶\\u12\"", "$", "four hexadecimal"),
    ("\"▶\\uD834\"", "$", "surrogate"), ("\"▶\\uDD1E\"", "$", "surrogate"),
    ("\"▶\\uD834\\u0061\"", "$", "surrogate"), ("\"▶\\uD834x\"", "$", "surrogate"),
    ("\"▶\\uD834\\uD834\"", "$", "surrogate"), ("[▶é]", "$[0]", "found `é`"),
    ("[1,▶\u{A0}]", "$[1]", "expected a value"), ("▶\u{FEFF}{}", "$", "byte order mark"),
    ("{\"a\": [1, {\"two words\": ▶x}]}", "$.a[1][\"two words\"]", "found `x`"),
    ("{\"é\": [[], [0, ▶}]]}", "$[\"é\"][1][1]", "found `}`"),
    ("{\n  \"a\": 1,\n  \"b\": 2,\n  ▶c\n}", "$", "key in double quotes"),
  ]

  @Test("Refused, with the place", arguments: refused)
  func refuses(_ marked: String, _ path: String, _ words: String) {
    let marked = MarkedText(marked)
    let found = faults {
      _ = try JSONDocument(InputBytes(marked.text, name: "t"))
    }
    expect(found, at: marked.places, [.syntax(path, words)])
  }

  @Test(
    "Bytes that are not UTF-8",
    arguments: [
      [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xE0, 0x80, 0xAF], [0xE2, 0x82],
      [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80],
      [0xFF], [0xF0, 0x9D, 0x84],
    ] as [[UInt8]])
  func refusesInvalidUTF8(_ bytes: [UInt8]) {
    let text = Array("[\"é".utf8) + bytes + Array("\"]".utf8)
    let found = faults {
      _ = try JSONDocument(InputBytes(text, name: "t"))
    }
    expect(found, at: ["1:4"], [.syntax("$[0]", "not UTF-8")])
  }

  @Test("UTF-16 is named as such", arguments: [[0xFF, 0xFE, 0x7B, 0], [0xFE, 0xFF, 0, 0x7B]])
  func refusesUTF16(_ bytes: [UInt8]) {
    let found = faults {
      _ = try JSONDocument(InputBytes(bytes, name: "t"))
    }
    expect(found, at: ["1:1"], [.syntax("$", "UTF-16")])
  }

  @Test("Nesting is limited, not left to the stack", arguments: ["[", "{\"a\":", "[{\"a\":"])
  func nesting(_ opening: String) {
    let text = String(repeating: opening, count: 100_000)
    let found = faults {
      _ = try JSONDocument(InputBytes(text, name: "t"))
    }
    #expect(found.count == 1)
    #expect(found.first?.kind == .syntax)
    #expect(found.first?.message == "nested more than 64 deep")
    #expect(found.first?.line == 1)
  }

  @Test("As deep as allowed, and one deeper")
  func nestingLimit() throws {
    _ = try JSONDocument(InputBytes("[[[]]]", name: "t"), nestingLimit: 3)
    let found = faults {
      _ = try JSONDocument(InputBytes("[[[[]]]]", name: "t"), nestingLimit: 3)
    }
    expect(found, at: ["1:4"], [.syntax("$[0][0][0]", "nested more than 3 deep")])
  }

  @Test("Strings and numbers of every length, so that every step of a word is taken")
  func lengths() throws {
    for length in 0..<40 {
      let body = String(repeating: "x", count: length)
      let text = "{\"\(body)\":[\(String(repeating: "7", count: length + 1)),\"\(body)\\n\"]}"
      let document = try JSONDocument(InputBytes(text, name: "t"))
      var cursor = document.cursor(at: document.members[0].key)
      let key = cursor.key()
      #expect(cursor.text(key) == body)
      let isOccupied = cursor.enter()
      #expect(isOccupied)
      let number = cursor.scalar()
      #expect(number.count == length + 1)
      let hasSecond = cursor.next()
      #expect(hasSecond)
      let string = cursor.string()
      #expect(cursor.text(string) == body + "\n")
      let hasThird = cursor.next()
      #expect(!hasThird)
      #expect(cursor.position == text.utf8.count - 1)
    }
  }

  @Test("Escapes mean what RFC 8259 says, and are written so that they read back")
  func escapes() throws {
    let escaped = #""\uDBFF\uDFFF\u0041\u00e9\u20AC\uD834\uDD1E\"\\\/\b\f\n\r\t\u0000""#
    let expected = "\u{10FFFF}Aé€𝄞\"\\/\u{8}\u{C}\n\r\t\u{0}"
    for text in [escaped, JSONText.quoted(expected)] {
      let document = try JSONDocument(InputBytes(text, name: "t"))
      var cursor = document.cursor(at: document.root)
      let string = cursor.string()
      #expect(cursor.text(string) == expected)
    }
  }
}
