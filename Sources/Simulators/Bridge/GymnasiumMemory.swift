#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The file that a worker and its driver map: where each part of it begins; see the head of
/// `gymnasium_worker.py`.
final class GymnasiumMemory {
  /// The seed of the next reset of each environment; negative for none.
  let seeds: UnsafeMutablePointer<Int64>
  /// The actions of the next step.
  let actions: UnsafeMutableRawPointer
  /// r of the last step.
  let rewards: UnsafePointer<Double>
  /// The present observations.
  let observations: UnsafeRawPointer
  /// The last observation of each episode that the last step ended.
  let last: UnsafeRawPointer
  /// How the last step left each episode.
  let ends: UnsafePointer<UInt8>
  /// 1 for environments that a request leaves alone.
  let resting: UnsafeMutablePointer<UInt8>
  /// Bytes of one observation.
  let observationSize: Int

  private let base: UnsafeMutableRawPointer
  private let length: Int

  /// Maps the file that a worker laid out.
  init(_ descriptor: Int32, _ hello: GymnasiumHello, count: Int) throws(GymnasiumFault) {
    let actionSize =
      switch hello.actions {
      case .box(let type, let low, _): type.size * low.count
      case .choices(let type, let counts, _): type.size * counts.count
      case .joystick(let type): type.size
      }
    observationSize =
      switch hello.observations {
      case .box(let type, let count): type.size * count
      case .image(let image): image.count
      case .discrete: GymnasiumNumber.int64.size
      }
    var (places, end) = ([Int](), 0)
    for size in [8, actionSize, 8, observationSize, observationSize, 1, 1] {
      places.append(end)
      end += (size * count + 7) / 8 * 8
    }
    guard end == hello.bytes, lseek(descriptor, 0, SEEK_END) >= off_t(end),
      let base = mmap(nil, end, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      base != MAP_FAILED
    else {
      throw GymnasiumFault(
        cause: .internalError,
        message: "found \(hello.bytes) bytes of shared memory; expected \(end)")
    }
    (self.base, length) = (base, end)
    seeds = (base + places[0]).bindMemory(to: Int64.self, capacity: count)
    actions = base + places[1]
    rewards = UnsafePointer((base + places[2]).bindMemory(to: Double.self, capacity: count))
    observations = UnsafeRawPointer(base + places[3])
    last = UnsafeRawPointer(base + places[4])
    ends = UnsafePointer((base + places[5]).bindMemory(to: UInt8.self, capacity: count))
    resting = (base + places[6]).bindMemory(to: UInt8.self, capacity: count)
  }

  deinit { munmap(base, length) }

  /// A file without a name, in memory where the system has a folder for that.
  ///
  /// - Returns: Its descriptor; negative where there can be none.
  static func makeFile() -> Int32 {
    for folder in ["/dev/shm", getenv("TMPDIR").map { String(cString: $0) }, "/tmp"].compactMap(
      \.self)
    {
      var path = Array("\(folder)/monotone-XXXXXX".utf8CString)
      let descriptor = mkstemp(&path)
      guard descriptor >= 0 else { continue }
      unlink(path)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      return descriptor
    }
    return -1
  }
}
