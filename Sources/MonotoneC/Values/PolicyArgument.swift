internal import MDPFormats
internal import MDPGuarantees
internal import MDPCore
internal import MonotoneArithmetic
internal import MonotoneFiles

/// A policy of a call.
enum PolicyArgument {
  /// A name or a file, as on the command line.
  case expression(String)
  /// Probabilities by state and action.
  case array(NumberArray, name: String)
  /// The members of a policy file, or a line of an audit, as JSON; named for messages.
  case line(String, name: String)
}

extension NumberArray {
  /// The array as a policy of a model.
  ///
  /// Numbers go through the reader of `.npy` files, texts through that of policy files: with their tolerances,
  /// and with their messages.
  func policy(
    of document: MDPDocument, named name: String, _ reading: MDPReaderConfiguration
  ) throws(CallFailure) -> NamedPolicy {
    let space = document.space
    let expected = [space.stateCount, space.actions.count]
    guard shape == expected else {
      throw CallFailure(
        "\(name): found shape (\(shape.map(String.init).joined(separator: ", "))); expected "
          + "(\(expected[0]), \(expected[1])), the probabilities by state and action", .badData)
    }
    do throws(InvalidInput) {
      let read = try PolicyReader.read(
        input(name, of: document), for: document, configuration: reading)
      return NamedPolicy(name: name, policy: read.policy, normalised: read.normalised)
    } catch {
      throw CallFailure(error)
    }
  }

  private func input(_ name: String, of document: MDPDocument) -> InputBytes {
    switch elements {
    case .float64(let values):
      InputBytes(npy(values, size: 8, type: "<f8") { $0.bitPattern.littleEndian }, name: name)
    case .float32(let values):
      InputBytes(npy(values, size: 4, type: "<f4") { $0.bitPattern.littleEndian }, name: name)
    case .int64, .int32, .int8, .written: InputBytes(text(of: document), name: name)
    }
  }

  private func npy<Number, Bits: FixedWidthInteger>(
    _ values: UnsafePointer<Number>, size: Int, type: String, _ bits: (Number) -> Bits
  ) -> [UInt8] {
    let header = NPYHeader.bytes(type: type, shape: shape)
    return [UInt8](unsafeUninitializedCapacity: header.count + size * count) { buffer, filled in
      _ = buffer.initialize(from: header)
      let start = UnsafeMutableRawPointer(buffer.baseAddress! + header.count)
      for index in 0..<count {
        start.storeBytes(of: bits(values[index]), toByteOffset: size * index, as: Bits.self)
      }
      filled = header.count + size * count
    }
  }

  /// The rows as a policy file; those of terminal states do not count and are left out.
  private func text(of document: MDPDocument) -> String {
    let (space, width) = (document.space, shape[1])
    var text = "{\"schema\": \"monotone/policy/v1\", \"mdp\": \(JSONText.quoted(document.name))"
    text += ", \"probabilities\": ["
    for state in space.states.indices {
      if state > 0 { text += ", " }
      if space.isTerminal[state] { text += "null"; continue }
      text += "["
      for action in 0..<width {
        if action > 0 { text += ", " }
        _ = append(state * width + action, .shortest, to: &text)
      }
      text += "]"
    }
    return text + "]}"
  }
}
