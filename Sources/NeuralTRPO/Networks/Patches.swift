/// The places of a kernel over an image, and the numbers under it.
struct PatchGeometry {
  let input: ImageShape
  /// The places, as pixels of what comes out.
  let output: ImageShape
  let kernel: Int
  let stride: Int

  /// How many places there are.
  var places: Int { output.height * output.width }
  /// How many numbers lie under the kernel.
  var width: Int { kernel * kernel * input.channels }
  /// All numbers of the matrix of an image: places × width.
  var count: Int { places * width }
  /// Numbers under the kernel that follow each other in the image: a row of the kernel.
  var run: Int { kernel * input.channels }

  /// Calls a body with the beginning of each run in the image; the runs follow each other in the matrix.
  @inline(__always) func forEachRun(_ body: (_ start: Int) -> Void) {
    let pixel = input.channels
    let row = input.width * pixel
    for y in 0..<output.height {
      for x in 0..<output.width {
        var start = y * stride * row + x * stride * pixel
        for _ in 0..<kernel {
          body(start)
          start += row
        }
      }
    }
  }
}

/// Images as matrices with a row for each place of a kernel: the numbers under it (im2col), and back.
///
/// A convolution is then a product of this matrix with the filters.
enum Patches {
  /// Writes the matrices of some images.
  static func gather<Number>(
    _ images: UnsafePointer<Number>, count: Int, _ geometry: PatchGeometry,
    into matrix: UnsafeMutablePointer<Number>
  ) {
    let size = MemoryLayout<Number>.stride
    let bytes = geometry.run * size
    var target = UnsafeMutableRawPointer(matrix)
    for image in 0..<count {
      let source = UnsafeRawPointer(images + image * geometry.input.count)
      geometry.forEachRun { start in
        copy(source + start * size, to: target, bytes)
        target += bytes
      }
    }
  }

  /// Copies a short run: a call of `memcpy` would take as long as it.
  @inline(__always) private static func copy(
    _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ bytes: Int
  ) {
    var offset = 0
    while offset + 64 <= bytes {
      let part = (source + offset).loadUnaligned(as: SIMD8<UInt64>.self)
      (target + offset).storeBytes(of: part, as: SIMD8<UInt64>.self)
      offset += 64
    }
    while offset < bytes {
      let part = (source + offset).loadUnaligned(as: UInt32.self)
      (target + offset).storeBytes(of: part, as: UInt32.self)
      offset += 4
    }
  }

  /// Adds up in some images what stands in their matrices: the transpose of ``gather(_:count:_:into:)``.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  static func scatter<Number: NetworkNumber>(
    _ matrix: UnsafePointer<Number>, count: Int, _ geometry: PatchGeometry,
    into images: UnsafeMutablePointer<Number>
  ) {
    let (total, run) = (geometry.input.count, geometry.run)
    UnsafeMutableRawPointer(images).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * total * MemoryLayout<Number>.stride)
    var source = matrix
    for image in 0..<count {
      let target = images + image * total
      geometry.forEachRun { start in
        let (to, from) = (target + start, source)
        for index in 0..<run { to[index] += from[index] }
        source += run
      }
    }
  }
}
