/// Products with matrices that have at most one number other than 0 in a row: one-hot observations.
///
/// A model of 500 states has a first layer of 500 · 64 weights, by which a dense product multiplies
/// 499 zeros a row. Here A B looks up a row of B for each of A's, to the same bits as the dense product;
/// Aᵀ B adds each row of B to a row of C, in the order of the rows. Rows that would only meet zeros
/// are not read.
///
/// Complexity: rows · (columns + inner/64 bytes); the first rows of a dense matrix give it away.
enum SingleNumberRows {
  /// C ← op(A) B + C with op(A) rows × inner; false, and nothing done, where a row of A has several
  /// numbers other than 0.
  @inline(__always) static func addProduct<Number: NetworkNumber>(
    _ a: UnsafePointer<Number>, transposed: Bool, _ b: UnsafePointer<Number>,
    into c: UnsafeMutablePointer<Number>, rows: Int, inner: Int, columns: Int
  ) -> Bool {
    let (count, width) = transposed ? (inner, rows) : (rows, inner)
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { places in
      for row in 0..<count {
        guard let place = place(in: a + row * width, count: width) else { return false }
        places[row] = Int32(place)
      }
      for row in 0..<count {
        let place = Int(places[row])
        let factor = a[row * width + place]
        let source = b + (transposed ? row : place) * columns
        let target = c + (transposed ? place : row) * columns
        for column in 0..<columns { target[column] += factor * source[column] }
      }
      return true
    }
  }

  /// Where the only number other than 0 stands, 0 if there is none; nil if there are several.
  @inline(__always) private static func place<Number: NetworkNumber>(
    in row: UnsafePointer<Number>, count: Int
  ) -> Int? {
    let step = 64 / MemoryLayout<Number>.size
    var place: Int?
    var start = 0
    while start < count {
      let end = min(start + step, count)
      if end - start < step || !isZero(UnsafeRawPointer(row + start)) {
        for index in start..<end where row[index] != 0 {
          if place != nil { return nil }
          place = index
        }
      }
      start = end
    }
    return place ?? 0
  }

  /// Whether 64 bytes are 0.
  @inline(__always) private static func isZero(_ bytes: UnsafeRawPointer) -> Bool {
    var bits: UInt64 = 0
    for offset in stride(from: 0, to: 64, by: 8) {
      bits |= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    return bits == 0
  }
}
