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

/// PETSc and MPI are linked only where the trait asks for them: `swift build --traits Distributed`.
let distributed = TargetDependencyCondition.when(traits: ["Distributed"])

/// `make docs` alone needs the documentation plugin; nothing else resolves or builds it.
let documentation: [Package.Dependency] =
  Context.environment["MONOTONE_DOCUMENTATION"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")]

func layer(
  _ name: String, _ dependencies: [Target.Dependency], linking libraries: [LinkerSetting] = [],
  embedding files: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: files.map { .embedInCode($0) },
    swiftSettings: strict, linkerSettings: libraries)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies,
    resources: resources, swiftSettings: strict)
}

/// `make fuzz-readers` alone builds these, with libFuzzer.
let fuzzing: [Target] =
  Context.environment["MONOTONE_FUZZING"] == nil
  ? []
  : [
    .systemLibrary(name: "CFuzzer", path: "Fuzzing/CFuzzer"),
    .executableTarget(
      name: "fuzz-readers",
      dependencies: [
        "CFuzzer", "TrainingRuns", "NeuralTRPO", "MDPFormats", "MDPCore",
        "MonotoneFiles", "MonotoneArithmetic",
      ],
      path: "Fuzzing/fuzz-readers", swiftSettings: strict),
  ]

let package = Package(
  name: "Monotone",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "monotone", targets: ["monotone"]),
    .library(
      name: "Monotone",
      targets: [
        "MonotoneArithmetic", "MonotoneFiles", "MonotoneLinearAlgebra", "MonotoneProbability",
        "MDPCore", "MDPFormats",
        "MDPSolvers", "NeuralTRPO", "Simulators", "MDPGuarantees", "PolicyImprovement",
        "MDPVerification", "TrainingRuns",
        "TRPOComparison", "MonotoneReports",
      ]),
    .library(name: "MDPTesting", targets: ["MDPTesting"]),
    .library(name: "MonotoneC", type: .dynamic, targets: ["MonotoneC"]),
    .library(name: "MDPFalsification", targets: ["MDPFalsification"]),
  ],
  traits: [
    .trait(
      name: "Distributed",
      description: "Solvers on PETSc and MPI, for models beyond one machine (`make distributed`).")
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
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"]), .brew(["xz"])]),
    .systemLibrary(
      name: "CSuiteSparse",
      providers: [.apt(["libsuitesparse-dev"]), .brew(["suite-sparse"])]),
    .systemLibrary(
      name: "CMPI", pkgConfig: "ompi-c", providers: [.apt(["libopenmpi-dev"])]),
    .systemLibrary(
      name: "CPETSc", pkgConfig: "PETSc", providers: [.apt(["libpetsc-real-dev"])]),
    // 1: numbers; files
    layer("MonotoneArithmetic", ["CFLINT"], linking: arb),
    layer("MonotoneFiles", ["CZlib", "CLZMA", "MonotoneArithmetic"]),
    // 2: vectors, matrices, chance
    layer(
      "MonotoneLinearAlgebra", ["CLAPACKE", "CFLINT", "CSuiteSparse", "MonotoneArithmetic"]),
    layer("MonotoneProbability", ["MonotoneArithmetic", numerics]),
    // 3: the model
    layer("MDPCore", ["MonotoneArithmetic", "MonotoneLinearAlgebra", "MonotoneProbability"]),
    // 4: files in and out; solutions
    layer("MDPFormats", ["MDPCore", "MonotoneFiles", "MonotoneArithmetic"]),
    layer("MDPSolvers", ["MDPCore", "MonotoneLinearAlgebra", "MonotoneArithmetic"]),
    layer(
      "NeuralTRPO",
      [
        "MDPCore", "MonotoneProbability", "MonotoneLinearAlgebra", "MonotoneFiles", "CLAPACKE",
        numerics,
      ]),
    // 5: simulators that are loaded at run time
    layer(
      "Simulators", ["NeuralTRPO", "MonotoneProbability", "MonotoneFiles"],
      // In the program, so that it needs no file beside it.
      embedding: ["Video/draw_episode.py", "Bridge/gymnasium_worker.py", "Bridge/arcade_games.py"]),
    // 5: the theory
    layer(
      "MDPGuarantees",
      [
        "MDPSolvers", "MDPCore", "MonotoneProbability", "MonotoneLinearAlgebra",
        "MonotoneArithmetic",
      ]),
    // 6: the rules that improve policies
    layer(
      "PolicyImprovement",
      [
        "MDPGuarantees", "MDPSolvers", "MDPCore", "MonotoneProbability", "MonotoneLinearAlgebra",
        "MonotoneArithmetic",
        numerics,
      ]),
    // 6: runs of training, on disk
    layer(
      "TrainingRuns",
      [
        "Simulators", "NeuralTRPO", "MDPFormats", "MDPCore", "MonotoneLinearAlgebra",
        "MonotoneProbability", "MonotoneFiles", "MonotoneArithmetic",
      ]),
    // 7: what is verified of a model
    layer(
      "MDPVerification",
      [
        "PolicyImprovement", "MDPGuarantees", "MDPSolvers", "MDPFormats", "MDPCore",
        "MonotoneLinearAlgebra",
        "MonotoneFiles", "MonotoneArithmetic",
      ]),
    // 8: sampled against exact
    layer(
      "TRPOComparison",
      [
        "TrainingRuns", "NeuralTRPO", "MDPVerification", "MDPFormats", "MonotoneFiles",
        "PolicyImprovement",
        "MDPGuarantees", "MDPSolvers", "MDPCore", "MonotoneProbability",
        "MonotoneLinearAlgebra", "MonotoneArithmetic",
      ]),
    // 8: other people's code put to the test; the search for what breaks a claim
    layer(
      "MDPTesting",
      [
        "PolicyImprovement", "MDPGuarantees", "MDPSolvers", "MDPFormats", "MDPCore",
        "MonotoneProbability",
        "MonotoneFiles", "MonotoneArithmetic",
      ]),
    layer(
      "MDPFalsification",
      [
        "MDPTesting", "MDPVerification", "PolicyImprovement", "MDPGuarantees", "MDPSolvers",
        "MDPFormats", "MDPCore", "MonotoneLinearAlgebra", "MonotoneProbability", "MonotoneFiles",
        "MonotoneArithmetic",
      ]),
    // 9: results for people and programs
    layer(
      "MonotoneReports",
      [
        "TRPOComparison", "MDPFalsification", "MDPTesting", "TrainingRuns", "NeuralTRPO",
        "MDPVerification", "MonotoneProbability",
        "PolicyImprovement", "MDPGuarantees", "MDPSolvers",
        "MDPFormats", "MDPCore", "MonotoneFiles", "MonotoneArithmetic",
      ]),
    // 9: models beyond one machine; empty without the trait
    layer(
      "DistributedSolvers",
      [
        .target(name: "CPETSc", condition: distributed),
        .target(name: "CMPI", condition: distributed),
        "MDPSolvers", "MDPFormats", "MDPCore", "MonotoneLinearAlgebra", "MonotoneFiles",
        "MonotoneArithmetic",
      ]),
    // 10: the library for other languages
    .target(name: "CMonotone"),
    layer(
      "MonotoneC",
      [
        "CMonotone", "MonotoneReports", "TRPOComparison", "TrainingRuns", "Simulators",
        "NeuralTRPO",
        "MDPVerification", "PolicyImprovement", "MDPGuarantees", "MDPSolvers", "MDPFormats",
        "MDPCore", "MonotoneFiles", "MonotoneLinearAlgebra", "MonotoneArithmetic",
        "MonotoneProbability",
      ]),
    // 10: the command line
    .executableTarget(
      name: "monotone",
      dependencies: [
        "MonotoneArithmetic", "MonotoneLinearAlgebra", "MonotoneProbability", "MDPCore",
        "MDPFormats", "MDPSolvers",
        "MDPTesting", "MDPFalsification", "NeuralTRPO", "Simulators", "MDPGuarantees",
        "PolicyImprovement", "MDPVerification", "TrainingRuns", "TRPOComparison", "MonotoneReports",
        "MonotoneFiles",
        "MonotoneC", "DistributedSolvers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // What several tests use.
    .target(
      name: "TestSupport",
      dependencies: [
        "NeuralTRPO", "MDPCore", "MonotoneProbability", "MonotoneFiles", "MonotoneArithmetic",
      ],
      path: "Tests/TestSupport", swiftSettings: strict),

    tests(of: "MonotoneArithmetic", []),
    tests(of: "MonotoneFiles", ["TestSupport"]),
    tests(
      of: "MonotoneLinearAlgebra", ["MonotoneFiles", "MonotoneArithmetic", "MonotoneProbability"]),
    tests(of: "MonotoneProbability", ["MonotoneFiles", "MonotoneArithmetic"]),
    tests(of: "MDPCore", ["TestSupport", "MonotoneArithmetic"]),
    tests(of: "MDPFormats", ["TestSupport", "MDPCore", "MonotoneFiles", "MonotoneArithmetic"]),
    tests(
      of: "MDPSolvers",
      [
        "TestSupport", "MDPFormats", "MDPTesting", "MDPCore", "MonotoneLinearAlgebra",
        "MonotoneFiles", "MonotoneArithmetic",
      ]),
    tests(
      of: "MDPGuarantees",
      [
        "TestSupport", "MDPSolvers", "MDPFormats", "MDPTesting", "MDPCore", "MonotoneLinearAlgebra",
        "MonotoneFiles", "MonotoneArithmetic",
      ]),
    tests(
      of: "MDPTesting",
      [
        "NeuralTRPO", "MDPFormats", "MDPCore", "MonotoneProbability", "MonotoneFiles",
        "MonotoneArithmetic",
      ]),
    tests(
      of: "MDPFalsification",
      [
        "TestSupport", "MDPTesting", "NeuralTRPO", "MDPGuarantees", "PolicyImprovement",
        "MDPSolvers", "MDPCore",
        "MonotoneProbability", "MonotoneFiles", "MonotoneArithmetic",
      ]),
    tests(
      of: "NeuralTRPO",
      [
        "TestSupport", "MDPSolvers", "MDPFormats", "MDPTesting", "MDPCore", "MonotoneProbability",
        "MonotoneLinearAlgebra", "MonotoneFiles", "MonotoneArithmetic", numerics,
      ]),
    tests(
      of: "Simulators", ["TestSupport", "NeuralTRPO", "MonotoneProbability", "MonotoneFiles"]),
    tests(
      of: "TrainingRuns",
      ["TestSupport", "NeuralTRPO", "MDPFormats", "MonotoneProbability", "MonotoneFiles"]),
    tests(
      of: "PolicyImprovement",
      [
        "TestSupport", "MDPGuarantees", "MDPSolvers", "MDPFormats", "MDPTesting", "MDPCore",
        "MonotoneProbability",
        "MonotoneLinearAlgebra", "MonotoneFiles", "MonotoneArithmetic",
      ]),
    tests(
      of: "MDPVerification",
      [
        "TestSupport", "MDPGuarantees", "MDPSolvers", "MDPFormats", "MDPCore",
        "MonotoneLinearAlgebra", "MonotoneFiles", "MonotoneArithmetic",
      ]),
    tests(
      of: "TRPOComparison",
      [
        "TestSupport", "TrainingRuns", "NeuralTRPO", "MDPGuarantees", "MDPSolvers", "MDPFormats",
        "MDPTesting",
        "MDPCore",
        "MonotoneProbability", "MonotoneLinearAlgebra", "MonotoneFiles", "MonotoneArithmetic",
        numerics,
      ]),
    tests(
      of: "MonotoneC", ["MonotoneReports", "MDPVerification", "MDPFormats", "MonotoneFiles"]),
    tests(
      of: "MonotoneReports",
      [
        "MDPVerification", "PolicyImprovement", "MDPGuarantees", "MDPSolvers", "MDPCore",
        "MonotoneFiles", "MonotoneArithmetic",
      ]),
    tests(
      of: "monotone",
      [
        "TestSupport", "TrainingRuns", "NeuralTRPO", "MonotoneReports", "MDPFormats", "MDPCore",
        "MonotoneProbability", "MonotoneFiles", "MonotoneArithmetic",
      ]),
  ] + fuzzing,
  swiftLanguageModes: [.v6]
)
