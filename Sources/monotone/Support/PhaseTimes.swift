import ArgumentParser
import MonotoneArithmetic

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether a command tells how long its parts take.
struct TimingOption: ParsableArguments {
  @Flag(help: "Print how long each part takes to standard error.")
  var timings = false

  /// Times from now on.
  func start() -> PhaseTimes { PhaseTimes(isShown: timings) }
}

/// How long each part of a command takes.
struct PhaseTimes {
  private let isShown: Bool
  private var start = ContinuousClock.now
  private var used = clock()

  fileprivate init(isShown: Bool) { self.isShown = isShown }

  /// Prints how long a part took that ends now, by the wall and on all processors.
  mutating func end(_ part: String) {
    let (now, spent) = (ContinuousClock.now, clock())
    if isShown {
      let wall = NumberFormat.text((now - start) / .seconds(1), digits: 4)
      let processors = NumberFormat.text(Double(spent - used) / Double(CLOCKS_PER_SEC), digits: 4)
      Console.note("time: \(part) \(wall) s by the wall, \(processors) s of processors")
    }
    (start, used) = (now, spent)
  }
}
