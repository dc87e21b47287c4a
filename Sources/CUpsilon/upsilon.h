/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Upsilon authors */

/*
 * Upsilon for C: coverage, collisions, distinct labels and waiting times with every digit proven,
 * losses of features in memory, bounds, and every command of the tool.
 *
 * Functions return a code, UPSILON_1_OK if all went well. Otherwise results are left as they were
 * and, where `message` is not NULL, `*message` is one line that says what was wrong, which the
 * caller frees with upsilon_1_free.
 *
 * Objects are immutable once they are made: any number of threads may use one at the same time, and
 * there is no other state. Each is given back once, by upsilon_1_release, after its last use; an
 * object that was made from another one does not need it any more. Strings end with a zero byte and
 * are UTF-8.
 *
 * Symbols are upsilon_1_*: functions of another meaning will have another number.
 */

#ifndef UPSILON_1_H
#define UPSILON_1_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define UPSILON_1_NULLABLE _Nullable
#define UPSILON_1_NONNULL _Nonnull
#else
#define UPSILON_1_NULLABLE
#define UPSILON_1_NONNULL
#endif

/* Where a pointer to an object or a string is handed out. */
#define UPSILON_1_OUT(type) type *UPSILON_1_NULLABLE *UPSILON_1_NONNULL

/* An array of strings. */
#define UPSILON_1_STRINGS const char *UPSILON_1_NULLABLE const *UPSILON_1_NONNULL

#ifdef __cplusplus
extern "C" {
#endif

/* Codes. */
enum {
  UPSILON_1_OK = 0,
  /* A value is outside its domain, or data have a fault. */
  UPSILON_1_INVALID = 1,
  /* It would take too long or too much memory, and was not begun. */
  UPSILON_1_TOO_LARGE = 2,
  /* The progress function asked to stop. */
  UPSILON_1_CANCELLED = 3,
  /* Anything else: a file that cannot be read, a number that no precision settles. */
  UPSILON_1_FAILED = 4
};

typedef int32_t upsilon_1_code;
typedef char *UPSILON_1_NULLABLE *UPSILON_1_NULLABLE upsilon_1_message;

/* The version of the library, such as "0.1.0"; not to be freed. */
const char *upsilon_1_version(void);

/* Frees a string that a function has handed out; NULL does nothing. */
void upsilon_1_free(void *UPSILON_1_NULLABLE memory);

/* Gives an object of any type back; NULL does nothing. */
void upsilon_1_release(void *UPSILON_1_NULLABLE object);

/* ---- Label laws ---- */

/* The law of one label. */
typedef struct upsilon_1_law upsilon_1_law;

/* Equally likely classes, without a number of items. */
upsilon_1_code upsilon_1_law_uniform(
    int64_t classes, UPSILON_1_OUT(upsilon_1_law) law, upsilon_1_message message);

/* A finite set: (count) numbers of items, of one class each, or of classes[i] classes. */
upsilon_1_code upsilon_1_law_counts(
    const int64_t *items, const int64_t *UPSILON_1_NULLABLE classes, int64_t count,
    UPSILON_1_OUT(upsilon_1_law) law, upsilon_1_message message);

/* What to make of probabilities that do not sum to 1. */
enum {
  /* An error. */
  UPSILON_1_SUM_IS_ONE = 0,
  /* The rest of a draw shows no class. */
  UPSILON_1_BLANK = 1,
  /* Each is divided by the sum. */
  UPSILON_1_NORMALIZE = 2
};

/* (count) probabilities: integers, decimals such as "0.25" or fractions such as "2/7", exactly. */
upsilon_1_code upsilon_1_law_probabilities(
    UPSILON_1_STRINGS probabilities, int64_t count, int32_t rest,
    UPSILON_1_OUT(upsilon_1_law) law, upsilon_1_message message);

/* A built-in data set, such as "cifar-100". */
upsilon_1_code upsilon_1_law_dataset(
    const char *name, UPSILON_1_OUT(upsilon_1_law) law, upsilon_1_message message);

/* The number of classes. */
int64_t upsilon_1_law_classes(const upsilon_1_law *law);

/* The number of items to draw from; -1 for a law that is not one of a finite set. */
int64_t upsilon_1_law_items(const upsilon_1_law *law);

/* ---- Distributions ---- */

/* How labels are drawn. */
enum { UPSILON_1_WITH_REPLACEMENT = 0, UPSILON_1_WITHOUT_REPLACEMENT = 1 };

/* What draws are to show; all zero for every class once. */
typedef struct {
  /* How often a class must come to count; 0 for once. Not used with copies_of_each. */
  int64_t copies;
  /* How many of the classes that must come have to count; 0 for all of them. */
  int64_t at_least;
  /* Only the first so many classes of the law must come; 0 for all. Not used with copies_of_each. */
  int64_t required;
  /* How often each class must come, in the order of the law, 0 for one that need not; or NULL. */
  const int64_t *UPSILON_1_NULLABLE copies_of_each;
  /* The number of elements of copies_of_each. */
  int64_t count;
} upsilon_1_requirement;

/* The distribution of a number. Its argument n is the number itself. */
typedef struct upsilon_1_distribution upsilon_1_distribution;

/* The number of draws until a requirement is met; NULL for every class once. */
upsilon_1_code upsilon_1_waiting_time(
    const upsilon_1_law *law, int32_t sampling,
    const upsilon_1_requirement *UPSILON_1_NULLABLE requirement,
    UPSILON_1_OUT(upsilon_1_distribution) distribution, upsilon_1_message message);

/* The number of packs, of pack_size different ones of equally likely classes each, until the first
 * `required` classes were seen; 0 for all. */
upsilon_1_code upsilon_1_pack_waiting_time(
    int64_t classes, int64_t pack_size, int64_t required,
    UPSILON_1_OUT(upsilon_1_distribution) distribution, upsilon_1_message message);

/* The number of draws until a class comes twice. */
upsilon_1_code upsilon_1_duplicate_time(
    const upsilon_1_law *law, int32_t sampling,
    UPSILON_1_OUT(upsilon_1_distribution) distribution, upsilon_1_message message);

/* The number of `negatives` that share the anchor's class. */
upsilon_1_code upsilon_1_collision_law(
    const upsilon_1_law *law, int32_t sampling, int64_t negatives,
    UPSILON_1_OUT(upsilon_1_distribution) distribution, upsilon_1_message message);

/* The same, and anchor and negatives meet a requirement: a measure of mass below 1. */
upsilon_1_code upsilon_1_covered_collision_law(
    const upsilon_1_law *law, int32_t sampling, int64_t negatives,
    const upsilon_1_requirement *UPSILON_1_NULLABLE requirement,
    UPSILON_1_OUT(upsilon_1_distribution) distribution, upsilon_1_message message);

/* The number of distinct labels among `draws`. */
upsilon_1_code upsilon_1_distinct_law(
    const upsilon_1_law *law, int32_t sampling, int64_t draws,
    UPSILON_1_OUT(upsilon_1_distribution) distribution, upsilon_1_message message);

/* Quantities of a distribution. Those up to LOG10_SF depend on n, the others do not.
 *
 *                        PMF  CDF..SF  LOG_  LOG10_  SINGLETON  MEAN  VARIANCE  EXPECTED_LOG
 *   waiting time              x        x     x                  x     x
 *   packs                     x        x     x                  x     x
 *   duplicate time            x        x     x       x
 *   collision law        x    x                                 x               x
 *   covered collisions   x
 *   distinct law         x    x                                 x     x
 */
enum {
  /* P(X = n). */
  UPSILON_1_PMF = 0,
  /* P(X <= n). */
  UPSILON_1_CDF = 1,
  /* P(X > n), from its own formula when it is small. */
  UPSILON_1_SF = 2,
  /* ln P(X <= n) and ln P(X > n), minus infinity where that is 0. */
  UPSILON_1_LOG_CDF = 3,
  UPSILON_1_LOG_SF = 4,
  /* The same to base 10. */
  UPSILON_1_LOG10_CDF = 5,
  UPSILON_1_LOG10_SF = 6,
  /* The probability that some class comes exactly once among n draws. */
  UPSILON_1_SINGLETON = 7,
  UPSILON_1_MEAN = 8,
  UPSILON_1_VARIANCE = 9,
  UPSILON_1_STANDARD_DEVIATION = 10,
  /* E ln(1 + Col), in nats, and the same given a collision. */
  UPSILON_1_EXPECTED_LOG = 11,
  UPSILON_1_EXPECTED_LOG_GIVEN_COLLISION = 12
};

/* The nearest double of a quantity, ties to even: it errs by half a unit in the last place at most.
 */
upsilon_1_code upsilon_1_double(
    const upsilon_1_distribution *distribution, int32_t quantity, int64_t n, double *value,
    upsilon_1_message message);

/* The same for (count) n at once, in any order. CDF and SF of waiting times share the work for n that
 * lie close together. */
upsilon_1_code upsilon_1_doubles(
    const upsilon_1_distribution *distribution, int32_t quantity, const int64_t *n, int64_t count,
    double *values, upsilon_1_message message);

/* The least n with P(X <= n) >= p, proven; p as upsilon_1_law_probabilities has them. */
upsilon_1_code upsilon_1_quantile(
    const upsilon_1_distribution *distribution, const char *p, int64_t *n,
    upsilon_1_message message);

/* The least and the greatest number that is possible; the latter INT64_MAX if there is none. */
upsilon_1_code upsilon_1_support(
    const upsilon_1_distribution *distribution, int64_t *least, int64_t *greatest,
    upsilon_1_message message);

/* ---- Numbers ---- */

/* A real number that can be had as precisely as wanted. */
typedef struct upsilon_1_number upsilon_1_number;

/* A quantity of a distribution, which is computed when it is asked for a form. */
upsilon_1_code upsilon_1_number_of(
    const upsilon_1_distribution *distribution, int32_t quantity, int64_t n,
    UPSILON_1_OUT(upsilon_1_number) number, upsilon_1_message message);

/* The nearest double, ties to even, and an upper bound of its error: half a unit in the last place,
 * or 0 where it is exact. */
upsilon_1_code upsilon_1_number_double(
    const upsilon_1_number *number, double *value, double *UPSILON_1_NULLABLE error,
    upsilon_1_message message);

/* So many significant digits, all correct: the nearest decimal, as the tool prints it. */
upsilon_1_code upsilon_1_number_decimal(
    const upsilon_1_number *number, int64_t digits, UPSILON_1_OUT(char) text,
    upsilon_1_message message);

/* The number as a fraction "a/b" in lowest terms, or "a"; INVALID where it is none. */
upsilon_1_code upsilon_1_number_fraction(
    const upsilon_1_number *number, UPSILON_1_OUT(char) text, upsilon_1_message message);

/* Two binary fractions, as text, between which the number provably lies, and whose distance is at
 * most 2^-bits of it. */
upsilon_1_code upsilon_1_number_enclosure(
    const upsilon_1_number *number, int64_t bits, UPSILON_1_OUT(char) lower,
    UPSILON_1_OUT(char) upper, upsilon_1_message message);

/* ---- Features ---- */

/* Types of the elements of features. */
enum { UPSILON_1_FLOAT16 = 2, UPSILON_1_FLOAT32 = 4, UPSILON_1_FLOAT64 = 8 };

/* A matrix (rows, columns) in memory of the caller's, which is read where it is, and is not to
 * change meanwhile. Rows may have any length but 0: they are divided by it. */
typedef struct {
  const void *data;
  int64_t rows;
  int64_t columns;
  /* Bytes from one row, and one column, to the next. */
  int64_t row_stride;
  int64_t column_stride;
  int32_t type;
} upsilon_1_features;

/* Items with their labels, any whole numbers. */
typedef struct {
  /* (view_count) views of the same items: the first is the anchors', the second the keys'. */
  const upsilon_1_features *UPSILON_1_NULLABLE views;
  int64_t view_count;
  /* The items without augmentation, or NULL. */
  const upsilon_1_features *UPSILON_1_NULLABLE plain;
  const int64_t *labels;
  int64_t label_count;
} upsilon_1_items;

/* Which items class means are of. */
enum {
  UPSILON_1_USUAL_CLASS_MEANS = 0,
  UPSILON_1_TRAINING_CLASS_MEANS = 1,
  UPSILON_1_VALIDATION_CLASS_MEANS = 2
};

/* What is measured: a row for each temperature, number of draws and seed. */
typedef struct {
  const upsilon_1_items *items;
  /* Training items, for class means and the linear classifier, or NULL. */
  const upsilon_1_items *UPSILON_1_NULLABLE training;
  /* The name in the column dataset. */
  const char *name;
  const int64_t *draws;
  int64_t draw_count;
  const int64_t *seeds;
  int64_t seed_count;
  const double *temperatures;
  int64_t temperature_count;
  int32_t sampling;
  int32_t class_means;
  /* How often items are gone through in batches; 0 for what is usual. */
  int64_t passes;
  /* 0 for one a processor. Results do not depend on it. */
  int64_t threads;
  /* Which of `parts` shares of the work is done, counted from 1; 0 parts for all of it. The values of
   * a share are kept in the file `part_path`, for 'upsilon merge', and no row is made. */
  int64_t part, parts;
  const char *UPSILON_1_NULLABLE part_path;
} upsilon_1_request;

/* Told the share of the work that is done, in 0 to 1, by the thread that called; measuring stops
 * soon if it returns anything but 0. */
typedef int32_t (*upsilon_1_progress)(void *UPSILON_1_NULLABLE context, double share);

/* Measures losses, gaps and terms of features: the CSV of 'upsilon measure', and its notes. Of a part
 * the CSV is the names of the columns. */
upsilon_1_code upsilon_1_measure(
    const upsilon_1_request *request, upsilon_1_progress UPSILON_1_NULLABLE progress,
    void *UPSILON_1_NULLABLE context, UPSILON_1_OUT(char) csv,
    char *UPSILON_1_NULLABLE *UPSILON_1_NULLABLE notes, upsilon_1_message message);

/* ---- Commands ---- */

/* Runs a command of the tool in memory, without a shell: (count) words after 'upsilon', such as
 * "bounds", "--measurements", "-".
 *
 * `input`, of `size` bytes, is what the command reads as the file "-"; it may be NULL. Output and
 * diagnostics are what the tool prints, and *status is its exit code: 0, 64 for a usage error, 1
 * for any other. The function itself returns UPSILON_1_OK in all these cases. */
upsilon_1_code upsilon_1_command(
    UPSILON_1_STRINGS words, int64_t count,
    const void *UPSILON_1_NULLABLE input, int64_t size, UPSILON_1_OUT(char) output,
    UPSILON_1_OUT(char) diagnostics, int32_t *status, upsilon_1_message message);

/* Runs the tool as the program does, on the streams of the process: (count) words, the first of
 * which is the program's own name. Returns the exit code. From then on SIGPIPE ends the process. */
int32_t upsilon_1_main(UPSILON_1_STRINGS words, int64_t count);

/* All bounds of measurements, the CSV of upsilon_1_measure: the CSV of 'upsilon bounds' with numbers
 * of so many digits, and the reasons why bounds are missing.
 *
 * `gap` is "convex", "published", "exact", or NULL for the best that was measured. */
upsilon_1_code upsilon_1_bounds(
    const char *measurements, const char *UPSILON_1_NULLABLE gap, int64_t digits,
    UPSILON_1_OUT(char) csv, char *UPSILON_1_NULLABLE *UPSILON_1_NULLABLE reasons,
    upsilon_1_message message);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
