// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The interface of libFuzzer, of which LLVM installs no header.

#ifndef UPSILON_CFUZZER_SHIM_H
#define UPSILON_CFUZZER_SHIM_H

#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with the arguments of a command line.
int LLVMFuzzerRunDriver(
    int *count, char ***arguments, int (*run)(const uint8_t *data, size_t size));

/// Changes `data` in place by libFuzzer's own mutations; its new size.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t limit);

#endif
