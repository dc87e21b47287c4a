// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Prints the raw figures of every benchmark, or of those whose name and size, a space between,
/// contain the text after `--filter`, as CSV.
let words = CommandLine.arguments.dropFirst()
guard words.isEmpty || (words.count == 2 && words.first == "--filter") else {
  fatalError("Usage: Benchmarks [--filter <text>]")
}
let filter = words.last
print("benchmark,size,iteration,duration_s,checksum")
for benchmark in try OccupancyBenchmarks.all() + BoundBenchmarks.all() + TrainingBenchmarks.all()
  + ConvolutionBenchmarks.all()
where filter.map({ "\(benchmark.name) \(benchmark.size)".contains($0) }) ?? true {
  try benchmark.measure { print($0) }
}
