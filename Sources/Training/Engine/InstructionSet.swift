// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CPlatform
internal import KernelInterface
internal import Kernels

#if arch(x86_64)
  internal import KernelsV3
  internal import KernelsV4
#endif

/// The instructions that the kernels are compiled for.
///
/// The bits of a training run depend on its `arithmetic`, which is recorded with every measurement.
public enum InstructionSet: String, CaseIterable, Hashable, Sendable {
  /// What every x86-64 processor has: vectors of four floats, no fused multiplication.
  case x8664 = "x86-64"

  /// AVX2 and FMA: vectors of eight floats.
  case x8664V3 = "x86-64-v3"

  /// AVX-512: products and convolutions in vectors of sixteen floats, all else in vectors of eight.
  case x8664V4 = "x86-64-v4"

  /// Neon, which every 64-bit ARM processor has.
  case arm64 = "arm64"

  /// Those that this machine can run, the fastest last; at least one.
  public static var available: [InstructionSet] {
    #if arch(x86_64)
      if upsilon_runs_x86_64_v4() != 0 { return [.x8664, .x8664V3, .x8664V4] }
      return upsilon_runs_x86_64_v3() != 0 ? [.x8664, .x8664V3] : [.x8664]
    #else
      [.arm64]
    #endif
  }

  /// The first of those that give the same bits: each sum of a product has a lane to itself,
  /// however many lanes there are.
  public var arithmetic: InstructionSet { self == .x8664V4 ? .x8664V3 : self }

  /// The fastest that this machine can run.
  public static var best: InstructionSet { available[available.count - 1] }
}

extension InstructionSet {
  /// The kernels that are compiled for it.
  ///
  /// - Precondition: The target has it.
  var kernels: any KernelSet {
    switch self {
    #if arch(x86_64)
      case .x8664: Kernels.CompiledKernels()
      case .x8664V3: KernelsV3.CompiledKernels()
      case .x8664V4: KernelsV4.CompiledKernels()
    #else
      case .arm64: Kernels.CompiledKernels()
    #endif
    default: preconditionFailure("no kernels for \(self)")
    }
  }
}

extension InstructionSet: CustomStringConvertible {
  /// The raw value.
  public var description: String { rawValue }
}
