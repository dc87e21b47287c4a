// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// The files that the program carries with it. SwiftPM would embed them as literals of arrays, which
// took a sixth of the time that Training took to compile.

#include "resources.h"

static const unsigned char digits[] = {
#embed "digits.gz"
};

static const unsigned char label_counts[] = {
#embed "label-counts.csv"
};

static const unsigned char published[] = {
#embed "published.csv"
};

#define RESOURCE(array) ((upsilon_resource){array, sizeof(array)})

upsilon_resource upsilon_digits(void) { return RESOURCE(digits); }

upsilon_resource upsilon_label_counts(void) { return RESOURCE(label_counts); }

upsilon_resource upsilon_published(void) { return RESOURCE(published); }
