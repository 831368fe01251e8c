/// What a law throws where it is broken.
package struct Broken: Error, CustomStringConvertible {
  package let description: String

  package init(description: String) { self.description = description }
}
