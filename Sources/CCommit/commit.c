// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The only file that another commit changes, so that nothing else is compiled again.

#include "commit.h"

#ifndef UPSILON_COMMIT
#define UPSILON_COMMIT ""
#endif

const char *upsilon_commit(void) { return UPSILON_COMMIT; }
