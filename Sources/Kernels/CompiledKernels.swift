// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

/// The kernels as this module is compiled: an extension in each file has its functions.
///
/// Every method is an entry point that is not inlined.
package struct CompiledKernels: KernelSet {
  /// All of them; there is nothing to set up.
  package init() {}
}
