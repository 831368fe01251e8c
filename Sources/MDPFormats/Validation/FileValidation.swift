public import MonotoneFiles

/// The result of checking one file.
public struct FileValidation: Sendable, Equatable {
  /// The path, or `standard input`.
  public let file: String
  /// The schema that the file names; nil for a `.npy` file, or if it names none.
  public let schema: FileSchema?
  /// The faults, in the order of their places in the file; none for a valid file.
  public let faults: [Fault]
  /// How many more faults there are, once the list is full.
  public let unlisted: Int
  /// The paths of the rows that are divided by their sums.
  public let normalised: [String]

  /// The result for a file; without faults, that it is valid.
  public init(
    file: String, schema: FileSchema?, faults: [Fault] = [], unlisted: Int = 0,
    normalised: [String] = []
  ) {
    self.file = file
    self.schema = schema
    self.faults = faults
    self.unlisted = unlisted
    self.normalised = normalised
  }

  /// Whether the file has no faults.
  public var isValid: Bool { faults.isEmpty && unlisted == 0 }
}

extension FileValidation: CustomStringConvertible {
  /// One line a fault, as in ``InvalidInput``; empty for a valid file.
  public var description: String {
    InvalidInput(file: file, faults: faults, unlisted: unlisted).description
  }
}
