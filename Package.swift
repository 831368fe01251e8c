// swift-tools-version: 6.2

import PackageDescription

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// The modules in the order in which the theory unfolds. A module may import only what its entry
// names; `Tools/check_layers.py` and `--explicit-target-dependency-import-check error` hold it to that.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

/// Arb is a library of its own before FLINT 3, and part of FLINT from then on.
let arb: [LinkerSetting] =
  ["/usr/include/arb.h", "/usr/local/include/arb.h"].contains { (header: String) in
    access(header, R_OK) == 0
  }
  ? [.linkedLibrary("flint-arb")] : []

/// `make docs` alone needs the documentation plugin; nothing else resolves or builds it.
let documentation: [Package.Dependency] =
  Context.environment["MONOTONE_DOCUMENTATION"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")]

func layer(
  _ name: String, _ dependencies: [Target.Dependency], linking libraries: [LinkerSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: strict, linkerSettings: libraries)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies,
    resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "Monotone",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "monotone", targets: ["monotone"]),
    .library(
      name: "Monotone",
      targets: [
        "Arithmetic", "Files", "LinearAlgebra", "Distributions", "MDPCore", "MDPFormats",
        "MDPSolvers", "NeuralTRPO", "Guarantees", "PolicyImprovement", "MDPVerification",
        "TrainingRuns",
        "Comparison", "Reports",
      ]),
    .library(name: "MDPTesting", targets: ["MDPTesting"]),
    .library(name: "Falsification", targets: ["Falsification"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
  ] + documentation,
  targets: [
    // 0: system libraries
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev", "libopenblas-dev"]), .brew(["lapack", "openblas"])]),
    .systemLibrary(
      name: "CFLINT", providers: [.apt(["libflint-dev", "libflint-arb-dev"]), .brew(["flint"])]),
    // 1: numbers; files
    layer("Arithmetic", ["CFLINT"], linking: arb),
    layer("Files", []),
    // 2: vectors, matrices, chance
    layer("LinearAlgebra", ["CLAPACKE", "CFLINT", "Arithmetic"]),
    layer("Distributions", ["Arithmetic", numerics]),
    // 3: the model
    layer("MDPCore", ["Arithmetic", "LinearAlgebra", "Distributions"]),
    // 4: files in and out; solutions
    layer("MDPFormats", ["MDPCore", "Files", "Arithmetic"]),
    layer("MDPSolvers", ["MDPCore", "LinearAlgebra", "Arithmetic"]),
    layer(
      "NeuralTRPO",
      ["MDPCore", "Distributions", "LinearAlgebra", "Files", "CLAPACKE", numerics]),
    // 5: the theory
    layer(
      "Guarantees", ["MDPSolvers", "MDPCore", "Distributions", "LinearAlgebra", "Arithmetic"]),
    // 6: the rules that improve policies
    layer(
      "PolicyImprovement",
      [
        "Guarantees", "MDPSolvers", "MDPCore", "Distributions", "LinearAlgebra", "Arithmetic",
        numerics,
      ]),
    // 5: runs of training, on disk
    layer(
      "TrainingRuns",
      [
        "NeuralTRPO", "MDPFormats", "MDPCore", "LinearAlgebra", "Distributions", "Files",
        "Arithmetic",
      ]),
    // 7: what is verified of a model
    layer(
      "MDPVerification",
      [
        "PolicyImprovement", "Guarantees", "MDPSolvers", "MDPFormats", "MDPCore", "LinearAlgebra",
        "Files", "Arithmetic",
      ]),
    // 8: sampled against exact
    layer(
      "Comparison",
      [
        "TrainingRuns", "NeuralTRPO", "MDPVerification", "MDPFormats", "Files", "PolicyImprovement",
        "Guarantees", "MDPSolvers", "MDPCore", "Distributions",
        "LinearAlgebra", "Arithmetic",
      ]),
    // 8: other people's code put to the test; the search for what breaks a claim
    layer(
      "MDPTesting",
      [
        "PolicyImprovement", "Guarantees", "MDPSolvers", "MDPFormats", "MDPCore", "Distributions",
        "Files", "Arithmetic",
      ]),
    layer(
      "Falsification",
      [
        "MDPTesting", "MDPVerification", "PolicyImprovement", "Guarantees", "MDPSolvers",
        "MDPFormats", "MDPCore", "LinearAlgebra", "Distributions", "Files", "Arithmetic",
      ]),
    // 9: results for people and programs
    layer(
      "Reports",
      [
        "Comparison", "Falsification", "MDPTesting", "TrainingRuns", "NeuralTRPO",
        "MDPVerification",
        "PolicyImprovement", "Guarantees", "MDPSolvers",
        "MDPFormats", "MDPCore", "Files", "Arithmetic",
      ]),
    // 10: the command line
    .executableTarget(
      name: "monotone",
      dependencies: [
        "Arithmetic", "LinearAlgebra", "Distributions", "MDPCore", "MDPFormats", "MDPSolvers",
        "MDPTesting", "Falsification", "NeuralTRPO", "Guarantees", "PolicyImprovement",
        "MDPVerification", "TrainingRuns", "Comparison", "Reports", "Files",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // What several tests use.
    .target(
      name: "TestSupport", dependencies: ["NeuralTRPO", "Distributions"],
      path: "Tests/TestSupport", swiftSettings: strict),

    tests(of: "Arithmetic", []),
    tests(of: "Files", []),
    tests(of: "LinearAlgebra", ["Arithmetic", "Distributions"]),
    tests(of: "Distributions", ["Arithmetic"]),
    tests(of: "MDPCore", ["Arithmetic", "LinearAlgebra"]),
    tests(of: "MDPFormats", ["MDPCore", "Arithmetic"]),
    tests(
      of: "MDPSolvers", ["MDPFormats", "MDPTesting", "MDPCore", "LinearAlgebra", "Arithmetic"]),
    tests(
      of: "Guarantees",
      ["MDPSolvers", "MDPFormats", "MDPTesting", "MDPCore", "LinearAlgebra", "Arithmetic"]),
    tests(
      of: "MDPTesting", ["NeuralTRPO", "MDPFormats", "MDPCore", "Distributions", "Arithmetic"]),
    tests(
      of: "Falsification",
      [
        "MDPTesting", "NeuralTRPO", "Guarantees", "PolicyImprovement", "MDPSolvers", "MDPCore",
        "Distributions", "Arithmetic",
      ]),
    tests(
      of: "NeuralTRPO",
      [
        "TestSupport", "MDPSolvers", "MDPFormats", "MDPTesting", "MDPCore", "Distributions",
        "LinearAlgebra", "Files", "Arithmetic", numerics,
      ]),
    tests(
      of: "TrainingRuns", ["TestSupport", "NeuralTRPO", "MDPFormats", "Distributions", "Files"]),
    tests(
      of: "PolicyImprovement",
      [
        "Guarantees", "MDPSolvers", "MDPFormats", "MDPTesting", "MDPCore", "Distributions",
        "LinearAlgebra", "Arithmetic",
      ]),
    tests(
      of: "Comparison",
      [
        "TrainingRuns", "NeuralTRPO", "Guarantees", "MDPSolvers", "MDPFormats", "MDPTesting",
        "MDPCore",
        "Distributions", "LinearAlgebra", "Arithmetic", numerics,
      ]),
    tests(
      of: "Reports",
      ["MDPVerification", "PolicyImprovement", "Guarantees", "MDPSolvers", "MDPCore", "Arithmetic"]),
    tests(
      of: "monotone",
      [
        "TestSupport", "TrainingRuns", "NeuralTRPO", "Reports", "MDPFormats", "MDPCore",
        "Distributions", "Arithmetic",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
