// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

#ifndef UPSILON_COMMIT_H
#define UPSILON_COMMIT_H

/// The commit that the program was built from, as 'make' says; empty where nobody said.
const char *_Nonnull upsilon_commit(void);

#endif
