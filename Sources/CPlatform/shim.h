// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// What only a C compiler's built-in functions do: ask what the processor can do, ask for memory ahead,
// and pause; and what the system leaves to C.

#ifndef UPSILON_CPLATFORM_SHIM_H
#define UPSILON_CPLATFORM_SHIM_H

/// 1 if the processor and the system run code compiled for x86-64-v3, else 0. What Swift's own
/// code generation uses of that level is AVX2, FMA and BMI; the built-in also checks that the
/// system saves the wide registers.
static inline __attribute__((always_inline)) int upsilon_runs_x86_64_v3(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
      && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")
      && __builtin_cpu_supports("popcnt");
#else
  return 0;
#endif
}

/// 1 if they run code compiled for x86-64-v4 as well: vectors of sixteen floats of AVX-512.
static inline __attribute__((always_inline)) int upsilon_runs_x86_64_v4(void) {
#if defined(__x86_64__)
  return upsilon_runs_x86_64_v3() && __builtin_cpu_supports("avx512f")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
  return 0;
#endif
}

/// The words of the command line as the kernel laid them out: their number, pointers to them, 0, the
/// environment (System V ABI, *Initial Process Stack*). For where /proc is missing, of which Swift
/// reads them. 0 where they are not found: on other systems, and once the environment has moved.
static inline char *_Nullable *_Nullable upsilon_arguments(int *_Nonnull count) {
#if defined(__linux__)
  extern char **environ;
  char **end = environ ? environ - 1 : 0;
  if (end && !*end)
    for (int n = 1; n < 100000; n++)
      if ((long)end[-1 - n] == n) {
        *count = n;
        return end - n;
      }
#endif
  return 0;
}

/// Asks for the line of the caches that an address is in.
static inline __attribute__((always_inline)) void upsilon_prefetch(const void *_Nonnull address) {
  __builtin_prefetch(address);
}

/// Asks for the line of the caches that an address is in, as far as the second.
static inline __attribute__((always_inline)) void upsilon_prefetch_second(
    const void *_Nonnull address) {
  __builtin_prefetch(address, 0, 2);
}

/// Tells the processor that this thread waits in a loop for another.
static inline __attribute__((always_inline)) void upsilon_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

#endif
