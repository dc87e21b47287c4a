/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Upsilon authors */

/*
 * What keeps the library from asking for glibc 2.35: Swift's overlay of glibc refers to hypotf,
 * which has a new version there, though nothing here calls it. This one stands in for it; the
 * squares of floats are exact in double precision, so that it errs by less than a unit in the last
 * place.
 */
#include <math.h>

float hypotf(float x, float y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  return (float)sqrt((double)x * x + (double)y * y);
}
