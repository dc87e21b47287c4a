// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#ifndef UPSILON_RESOURCES_H
#define UPSILON_RESOURCES_H

#include <stddef.h>

/// The bytes of a file that the program carries with it.
typedef struct {
  const unsigned char *_Nonnull bytes;
  size_t count;
} upsilon_resource;

upsilon_resource upsilon_digits(void);
upsilon_resource upsilon_label_counts(void);
upsilon_resource upsilon_published(void);

#endif
