// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Says what is wrong with the command line, and ends.
func refuse(_ message: String) -> Never {
  var message = message + "\n"
  _ = message.withUTF8 { text in unsafe write(2, text.baseAddress, text.count) }
  exit(64)
}

/// Prints the raw figures of every benchmark, or of those whose name and size, a space between,
/// contain the text after `--filter`, as CSV; or, with `--scaling`, what `ScalingReport` has.
let words = CommandLine.arguments.dropFirst()
if words.first == "--scaling" && words.count == 1 {
  try ScalingReport.run { print($0) }
  exit(0)
}
guard words.isEmpty || (words.count == 2 && words.first == "--filter") else {
  refuse("Usage: Benchmarks [--filter <text> | --scaling]")
}
let filter = words.last
let all =
  try CostBenchmarks.all() + ArithmeticBenchmarks.all() + OccupancyBenchmarks.all()
  + ListBenchmarks.all() + BoundBenchmarks.all()
  + TrainingBenchmarks.all() + ConvolutionBenchmarks.all() + MeasuringBenchmarks.all()
let chosen = all.filter { benchmark in
  filter.map { "\(benchmark.name) \(benchmark.size)".contains($0) } ?? true
}
if chosen.isEmpty { refuse("No benchmark has '\(filter ?? "")' in its name and size.") }
print("benchmark,size,iteration,duration_s,checksum")
for benchmark in chosen {
  try benchmark.measure { print($0) }
}
