#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The memory that the system lets this process map.
///
/// Less than the machine has where `ulimit -v` or `ulimit -d` limits it. A request is tried rather
/// than computed: what counts against which limit differs between systems.
package enum ProcessMemory {
  /// The lowest limit on this process, in bytes; nil where there is none.
  package static var limit: Double? {
    resources.compactMap { resource -> Double? in
      var limit = rlimit()
      guard getrlimit(resource, &limit) == 0, limit.rlim_cur != rlim_t.infinite else { return nil }
      return Double(limit.rlim_cur)
    }.min()
  }

  /// The most memory that this process has had, in bytes, pages of mapped files included.
  package static var peak: Int {
    var usage = rusage()
    #if canImport(Glibc)
      // In KiB.
      return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0
        ? Int(usage.ru_maxrss) << 10 : 0
    #else
      return getrusage(RUSAGE_SELF, &usage) == 0 ? Int(usage.ru_maxrss) : 0
    #endif
  }

  private static var resources: [Int32] {
    #if canImport(Glibc)
      [Int32(RLIMIT_AS.rawValue), Int32(RLIMIT_DATA.rawValue)]
    #else
      [RLIMIT_AS, RLIMIT_DATA]
    #endif
  }

  /// Whether so many bytes more can be mapped now.
  package static func fits(_ bytes: Double) -> Bool {
    guard bytes != 0 else { return true }
    guard bytes > 0, bytes < 0x1p62 else { return false }
    let size = Int(bytes.rounded(.up))
    let memory = mmap(
      nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return false }
    munmap(memory, size)
    return true
  }

  /// The most that can be mapped at once now, up to a number of bytes: to one part in 256.
  static func available(upTo bytes: Double) -> Double {
    if fits(bytes) { return bytes }
    var (fitting, failing) = (0.0, bytes)
    for _ in 0..<8 {
      let middle = (fitting + failing) / 2
      if fits(middle) { fitting = middle } else { failing = middle }
    }
    return fitting
  }
}

extension rlim_t {
  /// The value that stands for no limit, as the C macro RLIM_INFINITY does.
  fileprivate static var infinite: rlim_t {
    #if canImport(Glibc)
      .max
    #else
      .max >> 1
    #endif
  }
}
