internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Arrays of NumPy, `.npz`, in any of three layouts, told by their names:
///
/// | layout | arrays |
/// |---|---|
/// | ours | `pair_start` (S + 1), `pair_action`, `row_start`, `next_state`, `probability`, `reward` |
/// | pymdptoolbox's | `P` (A, S, S), `R` (S), (S, A) or (A, S, S), and `discount` |
/// | QuantEcon's | `s_indices`, `a_indices`, `R`, `Q` (L, S), `beta`; or `R` (S, A) and `Q` (S, A, S) |
///
/// Any layout may also have `initial`, `terminal`, `discount`, `decimals`, `name`, `states` and `actions`.
struct NPZFormat: ModelFormat {
  let name = "npz"
  let noun = "an archive of NumPy arrays"
  let extensions = ["npz"]
  var decimals: DecimalReading? { .exact }

  func recognises(_ input: InputBytes) -> Bool { ZipArchive.isPresent(in: input) }

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    let log = FaultLog(limit: configuration.faultLimit)
    do throws(ArchiveFault) {
      var decoder = NPZDecoder(
        try NPZArrays(input, memory: configuration.memoryLimit / 3), configuration, log, decimals)
      if let document = try decoder.read(self, name: input.name.modelName) { return document }
    } catch {
      log.add(.syntax, at: error.offset, path: error.member ?? "archive", error.message)
    }
    throw log.error(in: input)
  }
}

/// The arrays of an archive, each read when it is asked for.
struct NPZArrays {
  private let archive: ZipArchive
  private let members: [String: ZipArchive.Member]

  init(_ input: InputBytes, memory: Int) throws(ArchiveFault) {
    archive = try ZipArchive(input, memory: memory)
    var members: [String: ZipArchive.Member] = [:]
    for member in archive.members {
      let name = member.name.hasSuffix(".npy") ? String(member.name.dropLast(4)) : member.name
      members[name] = member
    }
    self.members = members
  }

  var names: [String] { members.keys.sorted() }

  func has(_ name: String) -> Bool { members[name] != nil }

  /// The array of a name; nil where there is none.
  func array(_ name: String) throws(ArchiveFault) -> NPYTable? {
    guard let member = members[name] else { return nil }
    return try NPYTable(try archive.contents(of: member))
  }

  /// The array of a name, which must be there and of a shape.
  func array(_ name: String, shape: [Int?]) throws(ArchiveFault) -> NPYTable {
    guard let array = try array(name) else {
      throw ArchiveFault(offset: 0, member: name, "the array is missing; add it")
    }
    let isShape =
      array.shape.count == shape.count
      && zip(array.shape, shape).allSatisfy { length, wanted in wanted.map { $0 == length } ?? true
      }
    guard isShape, !array.isText else {
      let found = array.shape.map(String.init).joined(separator: ", ")
      let wanted = shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
      throw ArchiveFault(
        offset: 0, member: "\(name).npy",
        "\(array.isText ? "text" : "numbers") of shape (\(found)); expected numbers of shape (\(wanted))"
      )
    }
    return array
  }
}
