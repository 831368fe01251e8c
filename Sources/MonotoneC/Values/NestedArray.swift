/// Lists of lists of numbers, flattened.
struct NestedArray {
  /// The lengths, outermost first.
  var shape: [Int] = []
  /// The numbers as they were written, in row-major order.
  var numbers: [NumberArray.Written] = []
}
