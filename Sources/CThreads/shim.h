// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Whether there may be threads: in C, as the types of threads are not the same in Swift on all systems.

#ifndef UPSILON_CTHREADS_SHIM_H
#define UPSILON_CTHREADS_SHIM_H

#include <pthread.h>
#include <unistd.h>

static inline void *_Nullable upsilon_await(void *_Nullable lock) {
  pthread_mutex_lock((pthread_mutex_t *)lock);
  pthread_mutex_unlock((pthread_mutex_t *)lock);
  return 0;
}

/// 1 if this process may start threads for all processors and two more at once, up to 64; else 0.
///
/// libdispatch waits for ever for a thread that it is refused, as it is under a small `ulimit -v`,
/// `ulimit -u` or `pids.max`.
static inline int upsilon_may_start_threads(void) {
  pthread_t threads[64];
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  const long processors = sysconf(_SC_NPROCESSORS_ONLN);
  const int wanted = processors < 1 ? 3 : processors > 62 ? 64 : (int)processors + 2;
  int count = 0;
  pthread_mutex_lock(&lock);
  while (count < wanted && pthread_create(&threads[count], 0, upsilon_await, &lock) == 0) count++;
  pthread_mutex_unlock(&lock);
  for (int i = 0; i < count; i++) pthread_join(threads[i], 0);
  return count == wanted;
}

#endif
