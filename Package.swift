// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Kernels are optimized in debug builds too, where they would run 500 times slower.
let kernelSettings =
  settings + [.unsafeFlags(["-O", "-wmo", "-num-threads", "1", "-disable-batch-mode"])]

// The kernels are compiled again for processors with AVX2 and FMA, and with AVX-512; `Sources/KernelsV3`
// and `Sources/KernelsV4` are symbolic links to `Sources/Kernels`. The flags are errors on other
// architectures.
#if arch(x86_64)
  let variants: [Target] = [
    .target(
      name: "KernelsV3",
      dependencies: ["CPlatform"],
      swiftSettings: kernelSettings + [
        .define("FMA"), .unsafeFlags(["-Xcc", "-march=x86-64-v3"]),
      ]
    ),
    .target(
      name: "KernelsV4",
      dependencies: ["CPlatform"],
      swiftSettings: kernelSettings + [
        .define("FMA"), .define("AVX512"), .unsafeFlags(["-Xcc", "-march=x86-64-v4"]),
      ]
    ),
  ]
#else
  let variants: [Target] = []
#endif

let package = Package(
  name: "upsilon",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "upsilon", targets: ["upsilon"]),
    .library(name: "ArbitraryPrecision", targets: ["ArbitraryPrecision"]),
    .library(name: "Bounds", targets: ["Bounds"]),
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
      name: "Labels",
      resources: [.embedInCode("Resources/label-counts.csv")],
      swiftSettings: settings
    ),
    .target(name: "ArbitraryPrecision", dependencies: ["CMPFR"], swiftSettings: settings),
    .target(
      name: "Occupancy",
      dependencies: ["ArbitraryPrecision", "Labels"],
      swiftSettings: settings
    ),
    .target(name: "Tables", swiftSettings: settings),
    .target(name: "Measurements", dependencies: ["Labels", "Tables"], swiftSettings: settings),
    .target(
      name: "Bounds",
      dependencies: [
        "ArbitraryPrecision", "Kernels", "Labels", "Measurements", "Occupancy", "Tables",
      ],
      resources: [.embedInCode("Resources/published.csv")],
      swiftSettings: settings
    ),
    .systemLibrary(name: "CPlatform"),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "Kernels", dependencies: ["CPlatform"], swiftSettings: kernelSettings),
    .target(
      name: "Training",
      dependencies: ["CPlatform", "CZlib", "Kernels", "Labels", "Measurements", "Tables"]
        + variants.map { .target(name: $0.name) },
      resources: [.embedInCode("Resources/digits.gz")],
      swiftSettings: settings
    ),
    .target(
      name: "CommandLineTool",
      dependencies: [
        "ArbitraryPrecision", "Bounds", "Labels", "Measurements", "Occupancy", "Tables", "Training",
      ],
      swiftSettings: settings
    ),
    .executableTarget(name: "upsilon", dependencies: ["CommandLineTool"], swiftSettings: settings),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "ArbitraryPrecision", "Bounds", "Kernels", "Labels", "Occupancy", "Training",
      ],
      swiftSettings: settings
    ),
    .testTarget(name: "LabelsTests", dependencies: ["Labels"], swiftSettings: settings),
    .testTarget(name: "TablesTests", dependencies: ["Tables"], swiftSettings: settings),
    .testTarget(
      name: "ArbitraryPrecisionTests",
      dependencies: ["ArbitraryPrecision"],
      exclude: ["References/generate.py"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "OccupancyTests",
      dependencies: ["ArbitraryPrecision", "Labels", "Occupancy"],
      exclude: ["References"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "BoundsTests",
      dependencies: [
        "ArbitraryPrecision", "Bounds", "Labels", "Measurements", "Occupancy", "Tables",
      ],
      exclude: ["References/make-phi-references.py"],
      resources: [.embedInCode("References/phi-references.csv")],
      swiftSettings: settings
    ),
    .testTarget(
      name: "CommandLineToolTests",
      dependencies: [
        "ArbitraryPrecision", "Bounds", "CommandLineTool", "Labels", "Measurements", "Occupancy",
        "Tables", "Training", "upsilon",
      ],
      exclude: ["References"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "MeasurementsTests", dependencies: ["Labels", "Measurements"], swiftSettings: settings),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels", "Training"], swiftSettings: settings),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["CZlib", "Kernels", "Labels", "Measurements", "Training"],
      exclude: [
        "References/reference-convolution-steps.py", "References/reference-moco-steps.py",
        "References/reference-steps.py", "References/reference-text-steps.py",
      ],
      resources: [
        .embedInCode("References/reference-convolution-steps.csv"),
        .embedInCode("References/reference-moco-steps.csv"),
        .embedInCode("References/reference-steps.csv"),
        .embedInCode("References/reference-text-steps.csv"),
      ],
      swiftSettings: settings
    ),
  ] + variants
)
