internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The Universal Model Binary, format 1.0: a `.tar` of `index.json` and little-endian arrays, as it is or
/// compressed by gzip or xz.
///
/// Source: pmc-tools/umb, format version 1.0.
struct UMBFormat: ModelFormat {
  let name = "umb"
  let noun = "the Universal Model Binary"
  let extensions = ["umb", "umb.gz", "umb.xz"]
  var decimals: DecimalReading? { .exact }

  func recognises(_ input: InputBytes) -> Bool {
    TarArchive.isPresent(in: input) || Compression.of(input) != .none
  }

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    let log = FaultLog(limit: configuration.faultLimit)
    do throws(ArchiveFault) {
      let archive = try TarArchive(
        try Compression.expand(input, memory: configuration.memoryLimit / 3))
      let index = try UMBIndex(archive)
      if let shard = index.shard {
        throw ArchiveFault(
          offset: 0, member: "index.json",
          "the file is shard \(shard.number) of \(shard.count) of a model; read it with --distributed, or "
            + "name the whole model")
      }
      var decoder = UMBDecoder(archive, index, configuration, log)
      if let document = try decoder.read(self, name: input.name.modelName) { return document }
    } catch {
      log.add(.syntax, at: error.offset, path: error.member ?? "archive", error.message)
    }
    throw log.error(in: input)
  }
}
