package import Testing

extension Tag {
  /// Suites that run the command, train, sweep or prove for long: `make test-fast` leaves them out.
  @Tag package static var slow: Self
}
