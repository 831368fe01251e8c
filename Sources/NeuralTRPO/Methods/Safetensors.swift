internal import MonotoneFiles

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Named arrays of numbers, and named texts about them, in the safetensors format.
///
///     length of the header (8 bytes, little-endian) | header (JSON) | numbers (little-endian)
///
/// The header gives each tensor's type, shape and place among the numbers. Of the format's types F32
/// and F64 are written and read. Every number keeps its bits, and the same tensors always make the
/// same bytes.
///
/// Own code: the format is a page long, and no Swift library for it resolves here.
///
/// Source: https://github.com/huggingface/safetensors, "Format".
package struct Safetensors: Sendable {
  /// An array of numbers, row by row.
  package struct Tensor: Sendable, Equatable {
    /// The name of the tensor.
    package let name: String
    /// How many numbers there are in each direction; none for a single number.
    package let shape: [Int]
    /// The numbers.
    package let values: Values

    /// The number of numbers.
    package var count: Int { shape.reduce(1, *) }
  }

  /// Numbers of either type.
  package enum Values: Sendable, Equatable {
    /// F32.
    case float([Float])
    /// F64.
    case double([Double])

    var count: Int {
      switch self {
      case .float(let values): values.count
      case .double(let values): values.count
      }
    }
  }

  /// The name of the file, for errors.
  package let file: String
  /// Texts by name.
  package var metadata: [String: String]
  /// The tensors, in the order of the file.
  package internal(set) var tensors: [Tensor] = []

  /// No tensors yet.
  package init(file: String = "safetensors", metadata: [String: String] = [:]) {
    self.file = file
    self.metadata = metadata
  }

  /// Puts a tensor behind the others.
  ///
  /// - Parameters:
  ///   - values: Row by row.
  ///   - shape: nil for a vector.
  /// - Precondition: no other tensor has the name, and it is not `__metadata__`.
  package mutating func append(_ name: String, _ values: Values, shape: [Int]? = nil) {
    let tensor = Tensor(name: name, shape: shape ?? [values.count], values: values)
    precondition(
      tensor.shape.allSatisfy { $0 >= 0 } && tensor.count == values.count,
      "\(values.count) numbers for a tensor of shape \(tensor.shape)")
    precondition(
      name != Self.metadataKey && !tensors.contains { $0.name == name },
      "a second tensor is called \(name)")
    tensors.append(tensor)
  }

  /// Puts a tensor of network numbers behind the others.
  package mutating func append<Number: NetworkNumber>(
    _ name: String, _ values: [Number], shape: [Int]? = nil
  ) {
    append(name, Number.values(values), shape: shape)
  }

  /// A tensor of a name, shape and type that are known beforehand.
  ///
  /// - Parameter shape: nil for a vector of any length.
  /// - Throws: ``InvalidSafetensors`` if there is none, or another.
  package func values<Number: NetworkNumber>(
    of name: String, shape: [Int]? = nil, as type: Number.Type = Number.self
  ) throws(InvalidSafetensors) -> [Number] {
    func fault(_ found: String, _ expected: String) -> InvalidSafetensors {
      InvalidSafetensors(
        file: file, part: "tensor \(name.debugDescription)", found: found, expected: expected)
    }
    guard let tensor = tensors.first(where: { $0.name == name }) else {
      let names = tensors.map(\.name.debugDescription).joined(separator: ", ")
      throw fault("none in \(names.isEmpty ? "an empty file" : names)", "one of that name")
    }
    if let shape, tensor.shape != shape {
      throw fault("shape \(tensor.shape)", "\(shape)")
    } else if tensor.shape.count != 1, shape == nil {
      throw fault("shape \(tensor.shape)", "a vector")
    }
    guard let values = Number.numbers(tensor.values) else {
      throw fault(tensor.values.typeName, Number.values([]).typeName)
    }
    return values
  }

  static let metadataKey = "__metadata__"
}

extension Safetensors.Values {
  /// The name of the type in the format.
  var typeName: String {
    switch self {
    case .float: "F32"
    case .double: "F64"
    }
  }

  /// How many bytes a number takes.
  var width: Int {
    switch self {
    case .float: 4
    case .double: 8
    }
  }
}

extension Safetensors {
  /// The file's bytes.
  ///
  /// Tensors of Double stand first and the header is padded to a multiple of eight bytes, so that
  /// every number lies where machines like to read it.
  package func encoded() -> Data {
    let doubles = tensors.filter { $0.values.width == 8 }
    let ordered = doubles + tensors.filter { $0.values.width != 8 }
    var (entries, end) = ([String](), 0)
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }
        .map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }
      entries.append("\"\(Self.metadataKey)\":{\(texts.joined(separator: ","))}")
    }
    for tensor in ordered {
      let start = end
      end += tensor.count * tensor.values.width
      let shape = tensor.shape.map(\.description).joined(separator: ",")
      entries.append(
        """
        \(JSONText.quoted(tensor.name)):{"dtype":"\(tensor.values.typeName)","shape":[\(shape)],\
        "data_offsets":[\(start),\(end)]}
        """)
    }
    var header = Data("{\(entries.joined(separator: ","))}".utf8)
    header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: -header.count & 7))
    var data = Data(capacity: 8 + header.count + end)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(header)
    for tensor in ordered {
      switch tensor.values {
      case .float(let values):
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
      case .double(let values):
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
      }
    }
    return data
  }
}

extension NetworkNumber {
  /// Numbers of this type as a tensor's. There are two types, and the cast tells which.
  fileprivate static func values(_ numbers: [Self]) -> Safetensors.Values {
    (numbers as? [Float]).map(Safetensors.Values.float) ?? .double(numbers.map(Double.init))
  }

  /// A tensor's numbers, if they are of this type.
  fileprivate static func numbers(_ values: Safetensors.Values) -> [Self]? {
    switch values {
    case .float(let values): values as? [Self]
    case .double(let values): values as? [Self]
    }
  }
}
