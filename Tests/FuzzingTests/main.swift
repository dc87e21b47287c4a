// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import CFuzzer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// libFuzzer, with its own options and folders, on the reader that FUZZ_TARGET names; without that,
// the names that there are. See scripts/fuzz.

/// What the process reads with; written once, before anything is read.
nonisolated(unsafe) private var chosen = FuzzTarget.json

/// Changes an input by libFuzzer's own mutations, then mostly makes its header right again.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int, _ seed: UInt32
) -> Int {
  let count = unsafe LLVMFuzzerMutate(data, size, limit)
  // Headers that are wrong have to be tried too.
  if seed % 8 == 0 { return count }
  let mutated = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  let repaired = unsafe FuzzRepair.repaired(mutated, for: chosen)
  guard repaired.count <= limit else { return count }
  for (index, byte) in repaired.enumerated() { unsafe data[index] = byte }
  return repaired.count
}

let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) }
if let target = name.flatMap(FuzzTarget.init) {
  unsafe chosen = target
  var count = CommandLine.argc
  var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
  let status = unsafe LLVMFuzzerRunDriver(&count, &words) { data, size in
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: size))
    _ = unsafe chosen.takes(bytes)
    return 0
  }
  exit(status)
} else {
  print(FuzzTarget.allCases.map(\.rawValue).joined(separator: "\n"))
}
