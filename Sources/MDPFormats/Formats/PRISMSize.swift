internal import MonotoneFiles

/// How many states there are, and which dialect a file of transitions is.
struct PRISMSize {
  private(set) var states = 0
  private(set) var offset = 0
  private(set) var isStorm = false

  init(_ input: InputBytes) {
    for var line in TextLines(input) {
      guard !line.isAtEnd(), line.byte != UInt8(ascii: "#") else { continue }
      if !isStorm {
        offset = line.start
        let word = line.word()
        guard word?.equals("mdp") == true || word?.equals("MDP") == true else {
          states = word?.wholeNumber ?? 0
          return
        }
        isStorm = true
        continue
      }
      let (state, _, target) = (line.word(), line.word(), line.word())
      for number in [state?.wholeNumber, target?.wholeNumber] {
        if let number { states = max(states, number + 1) }
      }
    }
  }
}
