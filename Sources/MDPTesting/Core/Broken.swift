/// The error that a broken law throws.
package struct Broken: Error, CustomStringConvertible {
  package let description: String

  package init(description: String) { self.description = description }
}
