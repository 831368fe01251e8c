#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The memory that a computation may ask for: what the machine has, less a reserve.
///
/// Asked before an allocation, so that a model too large for the machine is an error that says
/// so rather than a process killed halfway.
public struct MemoryBudget: Sendable {
  /// The most that one request may take, in bytes.
  public let bytes: Double

  public init(bytes: Double) { self.bytes = bytes }

  /// The share of physical memory that one request may take; the rest is for the model itself,
  /// its copies in other arithmetics, and the machine.
  private static let usableShare = 0.8

  /// The budget of this machine.
  public static let shared = MemoryBudget(
    bytes: usableShare * Double(sysconf(Int32(_SC_PHYS_PAGES)))
      * Double(sysconf(Int32(_SC_PAGESIZE)))
  )

  /// Refuses a request that does not fit.
  ///
  /// - Throws: ``InsufficientMemory`` if `needed` bytes exceed the budget.
  public func require(_ needed: Double, _ purpose: String) throws(InsufficientMemory) {
    guard needed <= bytes else {
      throw InsufficientMemory(purpose: purpose, needed: needed, available: bytes)
    }
  }
}

/// A request for more memory than the machine can give.
public struct InsufficientMemory: Error, Sendable, Equatable {
  /// What the memory was for.
  public let purpose: String
  /// Bytes asked for.
  public let needed: Double
  /// Bytes that may be used.
  public let available: Double

  /// What is wrong and what to do about it.
  public var message: String {
    func gibibytes(_ bytes: Double) -> String {
      "\((bytes / 0x1p30 * 10).rounded() / 10) GiB"
    }
    return "\(purpose) needs \(gibibytes(needed)) of memory, of which \(gibibytes(available)) "
      + "may be used; reduce the model"
  }
}
