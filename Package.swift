// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT

import PackageDescription

/// A module is compiled as a whole and by one thread: its neighbours have the others.
let wholeModule = ["-wmo", "-num-threads", "1", "-disable-batch-mode"]

let optimized = ["-O"] + wholeModule

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Modules that compute are optimised in debug builds too, with all their assertions: most of the
/// time of tests is theirs, which take twice as long without. Training leaves that to the kernels.
let coreSettings =
  settings + [.unsafeFlags(optimized + ["-assert-config", "Debug"], .when(configuration: .debug))]

/// Counters of the lines that run, in the modules whose shares scripts/check-coverage prints.
let counters =
  Context.environment["UPSILON_COUNTERS"] == nil
  ? [] : ["-profile-generate", "-profile-coverage-mapping"]

let countedSettings = coreSettings + [.unsafeFlags(counters)]

/// What a user waits for the computing of is small rather than fast in release builds: a tenth less
/// code to load, and to download with the wheel.
let commandSettings = settings + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// Tests are compiled by module: file by file, every process of the compiler would expand the macros
/// of all files. The last and largest, CommandLineToolTests, is not, or the other cores would idle.
let testSettings =
  settings + [.unsafeFlags(wholeModule + ["-no-emit-module-separately-wmo"])]

/// The commit that is built, which 'make' knows and the version names: of the same commit the same
/// program is made.
let commit = Context.environment["UPSILON_COMMIT"] ?? ""

/// Kernels are optimized in debug builds too, where they would run 500 times slower.
let kernelSettings = settings + [.unsafeFlags(optimized)]

/// The kernels once more, for x86-64 processors that have what `march` names.
///
/// The folder is a symbolic link to `Sources/Kernels`. For another target clang leaves the flag
/// unused, and the program leaves the module unused. Of what has no variants there is no copy.
func variant(_ name: String, march: String, defines: [String]) -> Target {
  .target(
    name: name,
    dependencies: ["CPlatform", "KernelInterface"],
    exclude: [
      "Colour.swift", "ConvolutionNaive.swift", "GatheredSums.swift", "LogarithmicSums.swift",
      "MultinomialLogarithm.swift", "Trigonometry.swift", "Warp.swift",
    ],
    swiftSettings: kernelSettings + defines.map { .define($0) } + [
      .unsafeFlags(
        ["-Xarch_x86_64", "-march=\(march)", "-Qunused-arguments"].flatMap { ["-Xcc", $0] })
    ]
  )
}

let package = Package(
  name: "upsilon",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "upsilon", targets: ["upsilon"]),
    .library(name: "ArbitraryPrecision", targets: ["ArbitraryPrecision"]),
    .library(name: "Bounds", targets: ["Bounds"]),
    .library(name: "CInterface", type: .dynamic, targets: ["CInterface"]),
    .library(name: "Labels", targets: ["Labels"]),
    .library(name: "Measurements", targets: ["Measurements"]),
    .library(name: "Occupancy", targets: ["Occupancy"]),
    .library(name: "Tables", targets: ["Tables"]),
    .library(name: "Training", targets: ["Training"]),
  ],
  targets: [
    .systemLibrary(
      name: "CMPFR",
      pkgConfig: "mpfr",
      providers: [.apt(["libgmp-dev", "libmpfr-dev"]), .brew(["gmp", "mpfr"])]
    ),
    .target(
      name: "CResources", exclude: ["digits.gz", "label-counts.csv", "published.csv"],
      cSettings: [.unsafeFlags(["-std=c23"])]),
    .target(name: "Labels", dependencies: ["CResources"], swiftSettings: settings),
    .target(
      name: "ArbitraryPrecision", dependencies: ["CMPFR", "CThreads"],
      swiftSettings: countedSettings,
      linkerSettings: [.unsafeFlags(counters)]),
    .target(
      name: "Occupancy",
      dependencies: ["ArbitraryPrecision", "Labels"],
      swiftSettings: countedSettings
    ),
    .target(name: "Tables", swiftSettings: settings),
    .target(name: "Measurements", dependencies: ["Labels", "Tables"], swiftSettings: settings),
    .target(
      name: "Bounds",
      dependencies: [
        "ArbitraryPrecision", "CResources", "Duality", "Kernels", "Labels", "Measurements",
        "Occupancy", "Tables",
      ],
      swiftSettings: countedSettings
    ),
    // Optimized in debug builds too, like the kernels.
    .target(name: "Duality", dependencies: ["Kernels"], swiftSettings: kernelSettings),
    .target(name: "Files", swiftSettings: settings),
    .target(name: "Randomness", swiftSettings: settings),
    .systemLibrary(name: "CPlatform"),
    .systemLibrary(name: "CThreads"),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "KernelInterface", swiftSettings: kernelSettings),
    .target(
      name: "Kernels",
      dependencies: ["CPlatform", "KernelInterface"],
      swiftSettings: kernelSettings
    ),
    variant("KernelsV3", march: "x86-64-v3", defines: ["FMA"]),
    variant("KernelsV4", march: "x86-64-v4", defines: ["FMA", "AVX512"]),
    .target(
      name: "Training",
      dependencies: [
        "CPlatform", "CResources", "CThreads", "CZlib", "Files", "KernelInterface", "Kernels",
        "KernelsV3", "KernelsV4", "Labels", "Measurements", "Randomness", "Tables",
      ],
      swiftSettings: settings
    ),
    .target(
      name: "CCommit",
      cSettings: commit.isEmpty ? [] : [.define("UPSILON_COMMIT", to: "\"\(commit)\"")]
    ),
    .target(
      name: "CommandLineTool",
      dependencies: [
        "ArbitraryPrecision", "Bounds", "CCommit", "Files", "Labels", "Measurements", "Occupancy",
        "Tables", "Training",
      ],
      swiftSettings: commandSettings
    ),
    .systemLibrary(name: "CUpsilon"),
    .target(
      name: "CInterface",
      dependencies: [
        "ArbitraryPrecision", "CUpsilon", "CommandLineTool", "Labels", "Measurements", "Occupancy",
        "Tables", "Training",
      ],
      swiftSettings: commandSettings
    ),
    .executableTarget(
      name: "upsilon", dependencies: ["CPlatform", "CommandLineTool"], swiftSettings: settings,
      // With Swift's libraries inside, as macOS has them in the system, it starts in two thirds of the
      // time, and runs without the toolchain.
      linkerSettings: [
        .unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))
      ]),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "ArbitraryPrecision", "Bounds", "CommandLineTool", "KernelInterface", "Kernels", "Labels",
        "Measurements", "Occupancy",
        "Training",
      ],
      swiftSettings: settings
    ),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: testSettings),
    .testTarget(name: "LabelsTests", dependencies: ["Labels"], swiftSettings: testSettings),
    .testTarget(
      name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: testSettings),
    .testTarget(
      name: "RandomnessTests",
      dependencies: ["Randomness", "TestSupport"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "TablesTests",
      dependencies: ["Randomness", "Tables", "TestSupport"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "ArbitraryPrecisionTests",
      dependencies: ["ArbitraryPrecision", "Randomness", "TestSupport"],
      exclude: ["References/generate.py"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "OccupancyTests",
      dependencies: ["ArbitraryPrecision", "Labels", "Occupancy", "Randomness", "TestSupport"],
      exclude: ["References"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "BoundsTests",
      dependencies: [
        "ArbitraryPrecision", "Bounds", "Kernels", "Labels", "Measurements", "Occupancy",
        "Randomness", "TestSupport",
      ],
      exclude: ["References"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "DualityTests",
      dependencies: ["Duality", "Kernels", "Randomness", "TestSupport"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "CommandLineToolTests",
      dependencies: [
        "ArbitraryPrecision", "Bounds", "CommandLineTool", "Labels", "Measurements", "Occupancy",
        "Randomness", "Tables", "TestSupport", "Training", "upsilon",
      ],
      exclude: ["References"],
      swiftSettings: settings
    ),
    .target(
      name: "CInterfaceChecks", dependencies: ["CUpsilon"], path: "Tests/CInterfaceChecks",
      cSettings: [.headerSearchPath("../../Sources/CUpsilon")]),
    .testTarget(
      name: "CInterfaceTests", dependencies: ["CInterface", "CInterfaceChecks", "CUpsilon"],
      swiftSettings: testSettings),
    .testTarget(
      name: "MeasurementsTests", dependencies: ["Labels", "Measurements", "Tables"],
      swiftSettings: testSettings),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "CZlib", "Files", "KernelInterface", "Kernels", "Labels", "Measurements", "Randomness",
        "Tables", "TestSupport", "Training",
      ],
      exclude: ["References"],
      swiftSettings: testSettings
    ),
  ]
)

// The fuzzers and the tests that replay them are the same files, built in one way or the other:
// scripts/fuzz has every module instrumented, which nothing else wants.
if Context.environment["UPSILON_FUZZING"] != nil {
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Tests/CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "Bounds", "CFuzzer", "CZlib", "CommandLineTool", "Files", "Measurements",
        "Tables", "Training",
      ],
      path: "Tests/FuzzingTests",
      exclude: ["Corpus", "CorpusTests.swift", "Findings", "make-corpus.py"],
      swiftSettings: settings
    ),
  ]
} else {
  package.targets.append(
    .testTarget(
      name: "FuzzingTests",
      dependencies: [
        "Bounds", "CZlib", "CommandLineTool", "Files", "Measurements", "Randomness",
        "Tables", "TestSupport", "Training",
      ],
      exclude: ["Corpus", "Findings", "main.swift", "make-corpus.py"],
      swiftSettings: testSettings
    ))
}
