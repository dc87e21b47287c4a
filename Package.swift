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

let package = Package(
  name: "upsilon",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "upsilon", targets: ["upsilon"]),
    .library(name: "ArbitraryPrecision", targets: ["ArbitraryPrecision"]),
    .library(name: "Labels", targets: ["Labels"]),
    .library(name: "Occupancy", targets: ["Occupancy"]),
    .library(name: "Tables", targets: ["Tables"]),
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
    .target(
      name: "CommandLineTool",
      dependencies: ["ArbitraryPrecision", "Labels", "Occupancy", "Tables"],
      swiftSettings: settings
    ),
    .executableTarget(name: "upsilon", dependencies: ["CommandLineTool"], swiftSettings: settings),
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
      name: "CommandLineToolTests",
      dependencies: [
        "ArbitraryPrecision", "CommandLineTool", "Labels", "Occupancy", "Tables", "upsilon",
      ],
      swiftSettings: settings
    ),
  ]
)
