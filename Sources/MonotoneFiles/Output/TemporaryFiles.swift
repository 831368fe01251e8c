#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Synchronization

/// The temporary files that there are at the moment, so that a signal that ends the process can take
/// them away.
///
/// A list that only grows, of places that are used again: a signal's handler may walk it at any time.
package enum TemporaryFiles {
  // What it points to is never given back, and everything in it that changes is atomic or a path that
  // is not in use.
  nonisolated(unsafe) private static let first = Atomic<UnsafeMutablePointer<Place>?>(nil)
  private static let changes = Mutex(())

  fileprivate struct Place: ~Copyable {
    let isUsed = Atomic<Bool>(true)
    let path: UnsafeMutablePointer<CChar>
    let next: UnsafeMutablePointer<Place>?

    init(next: UnsafeMutablePointer<Place>?) {
      path = .allocate(capacity: Int(PATH_MAX))
      self.next = next
    }
  }

  /// A file's place in the list.
  struct Slot {
    fileprivate let place: UnsafeMutablePointer<Place>

    /// Takes the file off the list.
    func free() { place.pointee.isUsed.store(false, ordering: .releasing) }
  }

  /// Puts a file on the list.
  static func slot(for path: String) -> Slot {
    changes.withLock { _ in
      var place = first.load(ordering: .acquiring)
      while let used = place, used.pointee.isUsed.load(ordering: .acquiring) {
        place = used.pointee.next
      }
      if let place {
        write(path, to: place)
        place.pointee.isUsed.store(true, ordering: .releasing)
        return Slot(place: place)
      }
      let new = UnsafeMutablePointer<Place>.allocate(capacity: 1)
      new.initialize(to: Place(next: first.load(ordering: .acquiring)))
      write(path, to: new)
      first.store(new, ordering: .releasing)
      return Slot(place: new)
    }
  }

  private static func write(_ path: String, to place: UnsafeMutablePointer<Place>) {
    path.withCString { text in
      // A longer path cannot be opened either.
      _ = strncpy(place.pointee.path, text, Int(PATH_MAX) - 1)
      place.pointee.path[Int(PATH_MAX) - 1] = 0
    }
  }

  /// Removes every file of the list. Only calls that a signal's handler may make.
  package static func removeAll() {
    var place = first.load(ordering: .acquiring)
    while let each = place {
      if each.pointee.isUsed.load(ordering: .acquiring) { unlink(each.pointee.path) }
      place = each.pointee.next
    }
  }

  /// Makes the list ready before the first signal may come.
  package static func prepare() { _ = first.load(ordering: .relaxed) }
}
