import TestSupport
import Testing

@testable import MDPCore

@Suite("Names of states and actions")
struct NamesTests {
  @Test("A count names by numbers, and only as they are written")
  func count() {
    let names = Names(count: 12)
    #expect(names.count == 12 && names.isCount && names[11] == "11")
    #expect(names.index(of: "11") == 11 && names.index(of: "0") == 0)
    for text in ["12", "-1", "01", "+1", " 1", "1.0", "", "one", "99999999999999999999"] {
      #expect(names.index(of: text) == nil, "\(text)")
    }
  }

  @Test("A list names by its words")
  func list() {
    let names = Names(["cool", "warm", "1"])
    #expect(!names.isCount && Array(names) == ["cool", "warm", "1"])
    #expect(names.index(of: "warm") == 1 && names.index(of: "1") == 2)
    #expect(names.index(of: "0") == nil && names.index(of: "Warm") == nil)
  }

  @Test("Names are equal word by word, however they were given")
  func equality() {
    #expect(Names(count: 3) == Names(["0", "1", "2"]))
    #expect(Names(["0", "1"]) == Names(count: 2))
    #expect(Names(count: 3) != Names(count: 2) && Names(["0", "2"]) != Names(count: 2))
    #expect(Names([]) == Names(count: 0))
  }

  @Test("A name that stands twice is refused with both places")
  func twice() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Names(["a", "b", "a"]) }
    #expect(result?.errorText.contains("given at 0 and 2") == true)
  }
}
