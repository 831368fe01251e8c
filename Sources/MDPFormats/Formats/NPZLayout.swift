internal import MDPCore
internal import MonotoneFiles

/// Arrays in the layout of another program: archives are told apart when they are read, so that only writing
/// needs to be asked for.
protocol NPZLayout: WritableModelFormat {}

extension NPZLayout {
  package var extensions: [String] { [] }
  package var decimals: DecimalReading? { NPZFormat().decimals }
  package var beginnings: [String] { NPZFormat().beginnings }

  package func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    try NPZFormat().read(input, configuration)
  }
}
