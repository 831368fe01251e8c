/// Lines and columns of ascending byte offsets, both from 1, columns in Unicode scalars.
package struct LineCounter {
  private let input: InputBytes
  private var position = 0
  private(set) var line = 1
  private(set) var column = 1

  package init(_ input: InputBytes) { self.input = input }

  package mutating func advance(to offset: Int) {
    let end = min(offset, input.count)
    while position < end {
      let byte = input.base[position]
      position += 1
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        // Continuation bytes belong to the scalar before them.
        column += 1
      }
    }
  }
}
