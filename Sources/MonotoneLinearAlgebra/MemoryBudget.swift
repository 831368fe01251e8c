#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The memory that a computation may ask for: what the machine has and the process may map, less a
/// reserve.
///
/// Asked before an allocation, so that a model too large for the machine is an error that says
/// so rather than a process killed halfway.
package struct MemoryBudget: Sendable {
  /// The most that one request may take, in bytes.
  package let bytes: Double

  package init(bytes: Double) { self.bytes = bytes }

  /// The share of memory that one request may take; the rest is for the model itself, its copies
  /// in other arithmetics, and the machine.
  private static let usableShare = 0.8

  /// The budget of this process, as it stood when it was first asked for.
  package static let shared = MemoryBudget(
    bytes: usableShare
      * ProcessMemory.available(
        upTo: Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))))

  /// Refuses a request that does not fit.
  ///
  /// - Throws: ``InsufficientMemory`` if `needed` bytes exceed the budget, or what is left of it.
  package func require(_ needed: Double, _ purpose: String) throws(InsufficientMemory) {
    guard needed <= bytes, ProcessMemory.fits(needed) else {
      throw InsufficientMemory(
        purpose: purpose, needed: needed, available: ProcessMemory.available(upTo: bytes))
    }
  }
}

/// A request for more memory than the machine can give.
public struct InsufficientMemory: Error, Sendable, Equatable {
  /// The purpose of the memory, as the subject of a sentence.
  public let purpose: String
  /// Bytes asked for.
  public let needed: Double
  /// Bytes that may be used.
  public let available: Double
  /// The remedy, beside raising a limit of the process.
  var advice = "reduce the model"

  /// The problem and its remedy, as a sentence for the user.
  public var message: String {
    return "\(purpose) needs \(Self.text(needed)) of memory, of which \(Self.text(available)) "
      + "may be used; \(advice)"
      + (ProcessMemory.limit == nil ? "" : ", or raise the limits of ulimit -v and -d")
  }

  /// A number of bytes for people.
  static func text(_ bytes: Double) -> String {
    bytes < 0x1p30
      ? "\(Int((bytes / 0x1p20).rounded())) MiB" : "\((bytes / 0x1p30 * 10).rounded() / 10) GiB"
  }
}
