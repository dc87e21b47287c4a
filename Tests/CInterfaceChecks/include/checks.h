/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Upsilon authors */

#ifndef UPSILON_CHECKS_H
#define UPSILON_CHECKS_H

/* Uses every function of upsilon.h. Prints what is wrong on standard error, and returns how many
 * checks failed. */
int upsilon_checks(void);

#endif
