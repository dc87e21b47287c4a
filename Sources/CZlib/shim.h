// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// zlib initializes its streams by macros, which Swift does not import.

#ifndef UPSILON_CZLIB_SHIM_H
#define UPSILON_CZLIB_SHIM_H

#include <zlib.h>

/// Begins to inflate a gzip file (window bits 15, plus 16 for gzip's own header and checksum).
static inline __attribute__((always_inline)) int upsilon_inflate_gzip_init(z_stream *stream) {
  return inflateInit2(stream, 15 + 16);
}

/// Begins to inflate what a zip archive has: no header and no checksum of its own.
static inline __attribute__((always_inline)) int upsilon_inflate_raw_init(z_stream *stream) {
  return inflateInit2(stream, -15);
}

#endif
