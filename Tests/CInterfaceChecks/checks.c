/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Upsilon authors */

#include "checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "upsilon.h"

static int failures;

static void check(int holds, const char *what, int line) {
  if (holds) return;
  failures++;
  fprintf(stderr, "checks.c:%d: %s\n", line, what);
}

#define CHECK(holds) check((holds), #holds, __LINE__)

/* Whether a function went well; prints its message if not. */
static int went_well(upsilon_1_code code, char *message, int line) {
  if (code != UPSILON_1_OK) fprintf(stderr, "checks.c:%d: %s\n", line, message ? message : "?");
  upsilon_1_free(message);
  return code == UPSILON_1_OK;
}

#define SUCCEED(call)                              \
  do {                                             \
    char *message = NULL;                          \
    CHECK(went_well((call), message, __LINE__));   \
  } while (0)

/* A function that must fail, with this code and a message that begins so. */
#define FAIL(call, expected, text)                                        \
  do {                                                                    \
    char *message = NULL;                                                 \
    CHECK((call) == (expected));                                          \
    CHECK(message != NULL && strncmp(message, text, strlen(text)) == 0);  \
    if (message != NULL && strncmp(message, text, strlen(text)) != 0)     \
      fprintf(stderr, "  it is: %s\n", message);                          \
    upsilon_1_free(message);                                              \
  } while (0)

static void check_text(char *text, const char *expected, int line) {
  if (text == NULL || strcmp(text, expected) != 0) {
    failures++;
    fprintf(stderr, "checks.c:%d: %s instead of %s\n", line, text ? text : "NULL", expected);
  }
  upsilon_1_free(text);
}

#define TEXT(text, expected) check_text((text), (expected), __LINE__)

static void check_laws(void) {
  upsilon_1_law *law = NULL;
  SUCCEED(upsilon_1_law_uniform(6, &law, &message));
  CHECK(upsilon_1_law_classes(law) == 6);
  CHECK(upsilon_1_law_items(law) == -1);
  upsilon_1_release(law);

  const int64_t items[] = {5, 3}, classes[] = {2, 10};
  SUCCEED(upsilon_1_law_counts(items, NULL, 2, &law, &message));
  CHECK(upsilon_1_law_classes(law) == 2 && upsilon_1_law_items(law) == 8);
  upsilon_1_release(law);
  SUCCEED(upsilon_1_law_counts(items, classes, 2, &law, &message));
  CHECK(upsilon_1_law_classes(law) == 12 && upsilon_1_law_items(law) == 40);
  upsilon_1_release(law);

  const char *probabilities[] = {"1/2", "0.25", "1e-1"};
  FAIL(upsilon_1_law_probabilities(probabilities, 3, UPSILON_1_SUM_IS_ONE, &law, &message),
       UPSILON_1_INVALID, "sum of the probabilities must be 1, but is 17/20");
  SUCCEED(upsilon_1_law_probabilities(probabilities, 3, UPSILON_1_BLANK, &law, &message));
  upsilon_1_release(law);
  SUCCEED(upsilon_1_law_probabilities(probabilities, 3, UPSILON_1_NORMALIZE, &law, &message));
  CHECK(upsilon_1_law_classes(law) == 3);
  upsilon_1_release(law);

  SUCCEED(upsilon_1_law_dataset("imagenet-1k", &law, &message));
  CHECK(upsilon_1_law_classes(law) == 1000 && upsilon_1_law_items(law) == 1281167);
  upsilon_1_release(law);
  FAIL(upsilon_1_law_dataset("imagenet", &law, &message), UPSILON_1_INVALID,
       "dataset must be one of binary, ");
  FAIL(upsilon_1_law_uniform(0, &law, &message), UPSILON_1_INVALID, "classCount must be at least 1");
  CHECK(upsilon_1_law_uniform(-1, &law, NULL) == UPSILON_1_INVALID);
}

/* A quantity as a decimal. */
static char *decimal(
    const upsilon_1_distribution *distribution, int32_t quantity, int64_t n, int64_t digits) {
  upsilon_1_number *number = NULL;
  char *text = NULL;
  SUCCEED(upsilon_1_number_of(distribution, quantity, n, &number, &message));
  SUCCEED(upsilon_1_number_decimal(number, digits, &text, &message));
  upsilon_1_release(number);
  return text;
}

/* A quantity as a fraction. */
static char *fraction(
    const upsilon_1_distribution *distribution, int32_t quantity, int64_t n) {
  upsilon_1_number *number = NULL;
  char *text = NULL;
  SUCCEED(upsilon_1_number_of(distribution, quantity, n, &number, &message));
  SUCCEED(upsilon_1_number_fraction(number, &text, &message));
  upsilon_1_release(number);
  return text;
}

static void check_waiting_time(void) {
  upsilon_1_law *law = NULL;
  upsilon_1_distribution *time = NULL;
  SUCCEED(upsilon_1_law_uniform(6, &law, &message));
  SUCCEED(upsilon_1_waiting_time(law, UPSILON_1_WITH_REPLACEMENT, NULL, &time, &message));
  TEXT(fraction(time, UPSILON_1_CDF, 8), "665/5832");
  TEXT(fraction(time, UPSILON_1_SF, 8), "5167/5832");
  TEXT(fraction(time, UPSILON_1_MEAN, 0), "147/10");
  TEXT(decimal(time, UPSILON_1_LOG10_CDF, 8, 10), "-0.9429958700");
  TEXT(decimal(time, UPSILON_1_LOG_CDF, 5, 10), "-inf");
  TEXT(decimal(time, UPSILON_1_STANDARD_DEVIATION, 0, 5), "6.2442");

  int64_t n = 0, least = 0, greatest = 0;
  SUCCEED(upsilon_1_quantile(time, "0.99", &n, &message));
  CHECK(n == 36);
  FAIL(upsilon_1_quantile(time, "1", &n, &message), UPSILON_1_INVALID,
       "probability must be greater than 0 and less than 1, but is 1");
  FAIL(upsilon_1_quantile(time, "a half", &n, &message), UPSILON_1_INVALID, "number must be");
  SUCCEED(upsilon_1_support(time, &least, &greatest, &message));
  CHECK(least == 6 && greatest == INT64_MAX);

  double value = 0, error = 0;
  SUCCEED(upsilon_1_double(time, UPSILON_1_CDF, 8, &value, &message));
  CHECK(value == 665.0 / 5832);
  FAIL(upsilon_1_double(time, UPSILON_1_PMF, 8, &value, &message), UPSILON_1_INVALID,
       "quantity must be one that the waiting time has");
  FAIL(upsilon_1_double(time, 99, 8, &value, &message), UPSILON_1_INVALID, "quantity must be");

  FAIL(upsilon_1_double(time, UPSILON_1_CDF, INT64_MAX, &value, &message), UPSILON_1_INVALID,
       "drawCount must be at most 1000000000000000");
  SUCCEED(upsilon_1_double(time, UPSILON_1_SF, INT64_MIN, &value, &message));
  CHECK(value == 1);

  const int64_t draws[] = {24, 5, 8, 9, 10, 11, 12, 100000};
  double values[8];
  SUCCEED(upsilon_1_doubles(time, UPSILON_1_CDF, draws, 8, values, &message));
  for (int i = 0; i < 8; i++) {
    SUCCEED(upsilon_1_double(time, UPSILON_1_CDF, draws[i], &value, &message));
    CHECK(values[i] == value);
  }
  CHECK(values[1] == 0 && values[7] == 1);
  SUCCEED(upsilon_1_doubles(time, UPSILON_1_LOG_SF, draws, 8, values, &message));
  CHECK(values[1] == 0 && values[7] < -18000);

  upsilon_1_number *number = NULL;
  SUCCEED(upsilon_1_number_of(time, UPSILON_1_CDF, 24, &number, &message));
  /* An object does not need what it was made from. */
  upsilon_1_release(law);
  upsilon_1_release(time);
  SUCCEED(upsilon_1_number_double(number, &value, &error, &message));
  CHECK(value == 0.9254151645663163 && error == 0x1p-54);
  char *lower = NULL, *upper = NULL;
  SUCCEED(upsilon_1_number_enclosure(number, 20, &lower, &upper, &message));
  double ends[2][2];
  CHECK(sscanf(lower, "%lf/%lf", &ends[0][0], &ends[0][1]) == 2);
  CHECK(sscanf(upper, "%lf/%lf", &ends[1][0], &ends[1][1]) == 2);
  CHECK(ends[0][0] / ends[0][1] <= value && value <= ends[1][0] / ends[1][1]);
  upsilon_1_free(lower);
  upsilon_1_free(upper);
  FAIL(upsilon_1_number_enclosure(number, 0, &lower, &upper, &message), UPSILON_1_INVALID,
       "bits must be from 1");
  FAIL(upsilon_1_number_decimal(number, 0, &lower, &message), UPSILON_1_INVALID,
       "digits must be from 1");
  upsilon_1_release(number);
}

static void check_requirements(void) {
  upsilon_1_law *law = NULL;
  upsilon_1_distribution *time = NULL;
  const int64_t items[] = {500, 400, 60, 30, 10}, copies[] = {0, 0, 0, 3, 3};
  SUCCEED(upsilon_1_law_counts(items, NULL, 5, &law, &message));
  upsilon_1_requirement requirement = {.copies_of_each = copies, .count = 5};
  SUCCEED(upsilon_1_waiting_time(
      law, UPSILON_1_WITH_REPLACEMENT, &requirement, &time, &message));
  double mean = 0;
  SUCCEED(upsilon_1_double(time, UPSILON_1_MEAN, 0, &mean, &message));
  CHECK(mean == 305.6640625);
  upsilon_1_release(time);
  requirement = (upsilon_1_requirement){.copies = 2, .at_least = 4};
  SUCCEED(upsilon_1_waiting_time(
      law, UPSILON_1_WITHOUT_REPLACEMENT, &requirement, &time, &message));
  int64_t least = 0, greatest = 0;
  SUCCEED(upsilon_1_support(time, &least, &greatest, &message));
  CHECK(least == 8 && greatest < 1000);
  upsilon_1_release(time);
  requirement = (upsilon_1_requirement){.at_least = 6};
  FAIL(upsilon_1_waiting_time(law, UPSILON_1_WITH_REPLACEMENT, &requirement, &time, &message),
       UPSILON_1_INVALID, "atLeast must be");
  FAIL(upsilon_1_waiting_time(law, 2, NULL, &time, &message), UPSILON_1_INVALID,
       "sampling must be 0 or 1");
  upsilon_1_release(law);
  SUCCEED(upsilon_1_law_uniform(10, &law, &message));
  requirement = (upsilon_1_requirement){.required = 2};
  SUCCEED(upsilon_1_waiting_time(
      law, UPSILON_1_WITH_REPLACEMENT, &requirement, &time, &message));
  TEXT(fraction(time, UPSILON_1_MEAN, 0), "15");
  upsilon_1_release(time);
  upsilon_1_release(law);
}

static void check_other_distributions(void) {
  upsilon_1_law *law = NULL;
  upsilon_1_distribution *it = NULL;
  int64_t n = 0;
  double value = 0;

  SUCCEED(upsilon_1_pack_waiting_time(670, 5, 0, &it, &message));
  TEXT(decimal(it, UPSILON_1_MEAN, 0, 10), "946.9837488");
  SUCCEED(upsilon_1_quantile(it, "0.5", &n, &message));
  CHECK(n == 919);
  upsilon_1_release(it);
  FAIL(upsilon_1_pack_waiting_time(5, 6, 0, &it, &message), UPSILON_1_INVALID, "packSize must");

  SUCCEED(upsilon_1_law_dataset("cifar-100", &law, &message));
  SUCCEED(upsilon_1_collision_law(law, UPSILON_1_WITH_REPLACEMENT, 127, &it, &message));
  TEXT(decimal(it, UPSILON_1_SF, 0, 8), "0.72095791");
  TEXT(decimal(it, UPSILON_1_MEAN, 0, 8), "1.27");
  TEXT(decimal(it, UPSILON_1_EXPECTED_LOG, 0, 8), "0.69661137");
  TEXT(decimal(it, UPSILON_1_EXPECTED_LOG_GIVEN_COLLISION, 0, 8), "0.96623029");
  FAIL(upsilon_1_quantile(it, "0.5", &n, &message), UPSILON_1_INVALID, "quantile must be");
  upsilon_1_number *number = NULL;
  char *text = NULL;
  SUCCEED(upsilon_1_number_of(it, UPSILON_1_EXPECTED_LOG, 0, &number, &message));
  FAIL(upsilon_1_number_fraction(number, &text, &message), UPSILON_1_INVALID, "fraction must be");
  upsilon_1_release(number);
  upsilon_1_release(it);
  FAIL(upsilon_1_collision_law(law, UPSILON_1_WITHOUT_REPLACEMENT, 50000, &it, &message),
       UPSILON_1_INVALID, "negativeCount must be less than 50000");

  SUCCEED(upsilon_1_duplicate_time(law, UPSILON_1_WITHOUT_REPLACEMENT, &it, &message));
  SUCCEED(upsilon_1_double(it, UPSILON_1_CDF, 101, &value, &message));
  CHECK(value == 1);
  SUCCEED(upsilon_1_double(it, UPSILON_1_SINGLETON, 1, &value, &message));
  CHECK(value == 1);
  upsilon_1_release(it);
  upsilon_1_release(law);

  SUCCEED(upsilon_1_law_uniform(3, &law, &message));
  SUCCEED(upsilon_1_covered_collision_law(
      law, UPSILON_1_WITH_REPLACEMENT, 4, NULL, &it, &message));
  TEXT(fraction(it, UPSILON_1_PMF, 0), "14/81");
  upsilon_1_release(it);
  upsilon_1_release(law);

  SUCCEED(upsilon_1_law_uniform(6, &law, &message));
  SUCCEED(upsilon_1_distinct_law(law, UPSILON_1_WITH_REPLACEMENT, 4, &it, &message));
  TEXT(fraction(it, UPSILON_1_PMF, 3), "5/9");
  TEXT(fraction(it, UPSILON_1_CDF, 3), "13/18");
  TEXT(fraction(it, UPSILON_1_MEAN, 0), "671/216");
  SUCCEED(upsilon_1_quantile(it, "1", &n, &message));
  CHECK(n == 4);
  upsilon_1_release(it);
  upsilon_1_release(law);
}

static int32_t count_calls(void *context, double share) {
  CHECK(share >= 0 && share <= 1);
  (*(int *)context)++;
  return 0;
}

static int32_t stop(void *context, double share) {
  (void)context;
  return share > 0;
}

/* Two parts, merged, are what one process measures. */
static void check_parts(upsilon_1_request *request) {
  char folder[] = "/tmp/upsilon-checks-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  char paths[2][64];
  char *csv = NULL, *whole = NULL, *diagnostics = NULL;
  request->parts = 2;
  request->part_path = NULL;
  FAIL(upsilon_1_measure(request, NULL, NULL, &csv, NULL, &message), UPSILON_1_INVALID,
       "part must be from 1 to 2, the parts, but is 0");
  request->part = 1;
  FAIL(upsilon_1_measure(request, NULL, NULL, &csv, NULL, &message), UPSILON_1_INVALID,
       "part_path must be the file of the part");
  request->part_path = "/no/such/folder/part";
  FAIL(upsilon_1_measure(request, NULL, NULL, &csv, NULL, &message), UPSILON_1_INVALID,
       "cannot write '/no/such/folder/part': ");
  for (int part = 1; part <= 2; part++) {
    snprintf(paths[part - 1], sizeof paths[0], "%s/part-%d", folder, part);
    request->part = part;
    request->part_path = paths[part - 1];
    FAIL(upsilon_1_measure(request, stop, NULL, &csv, NULL, &message), UPSILON_1_CANCELLED,
         "the progress function");
    CHECK(access(paths[part - 1], F_OK) != 0);
    SUCCEED(upsilon_1_measure(request, NULL, NULL, &csv, NULL, &message));
    CHECK(strncmp(csv, "dataset,classes,draws,", 22) == 0 && strchr(csv, '\n')[1] == 0);
    upsilon_1_free(csv);
  }
  request->part = request->parts = 0;
  request->part_path = NULL;
  SUCCEED(upsilon_1_measure(request, NULL, NULL, &whole, NULL, &message));
  const char *words[] = {"merge", paths[1], paths[0], "--format", "csv"};
  int32_t status = -1;
  SUCCEED(upsilon_1_command(words, 5, NULL, 0, &csv, &diagnostics, &status, &message));
  CHECK(status == 0 && strcmp(csv, whole) == 0);
  upsilon_1_free(csv);
  upsilon_1_free(whole);
  upsilon_1_free(diagnostics);
  CHECK(unlink(paths[0]) == 0 && unlink(paths[1]) == 0 && rmdir(folder) == 0);
}

static void check_measuring(void) {
  /* Two classes at a right angle, 8 items, 2 views: as rows of floats, and as columns of doubles. */
  float rows[8][3] = {{0}};
  double columns[3][8] = {{0}};
  int64_t labels[8];
  for (int i = 0; i < 8; i++) {
    labels[i] = i < 4 ? 3 : 7;
    rows[i][i < 4 ? 0 : 2] = i < 4 ? 2 : 5;
    columns[i < 4 ? 0 : 2][i] = i < 4 ? 2 : 5;
  }
  const upsilon_1_features floats = {rows, 8, 3, sizeof rows[0], sizeof(float), UPSILON_1_FLOAT32};
  const upsilon_1_features doubles = {
      columns, 8, 3, sizeof(double), sizeof columns[0], UPSILON_1_FLOAT64};
  const upsilon_1_features views[] = {floats, doubles}, twice[] = {floats, floats};
  const int64_t draws[] = {4, 8}, seeds[] = {1};
  const double temperatures[] = {0.5};
  upsilon_1_items items = {views, 2, NULL, labels, 8};
  upsilon_1_request request = {
      .items = &items, .name = "angles", .draws = draws, .draw_count = 2, .seeds = seeds,
      .seed_count = 1, .temperatures = temperatures, .temperature_count = 1,
      .sampling = UPSILON_1_WITHOUT_REPLACEMENT, .threads = 1};
  char *csv = NULL, *other = NULL, *notes = NULL;
  int calls = 0;
  SUCCEED(upsilon_1_measure(&request, count_calls, &calls, &csv, &notes, &message));
  CHECK(calls > 2 && strncmp(csv, "dataset,classes,draws,", 22) == 0);
  CHECK(strstr(csv, "\nangles,2,4,1,0.5,without-replacement,4*2,") != NULL);
  CHECK(strstr(notes, "2 rows of 8 items in 2 views") != NULL);
  upsilon_1_free(notes);

  /* Other memory, the same numbers. */
  items.views = twice;
  SUCCEED(upsilon_1_measure(&request, NULL, NULL, &other, NULL, &message));
  CHECK(strcmp(csv, other) == 0);
  upsilon_1_free(other);

  char *bounds = NULL, *reasons = NULL;
  SUCCEED(upsilon_1_bounds(csv, NULL, 17, &bounds, &reasons, &message));
  CHECK(strstr(bounds, "\nangles,2,4,1,0.5,without-replacement,") != NULL && reasons != NULL);
  upsilon_1_free(bounds);
  upsilon_1_free(reasons);
  FAIL(upsilon_1_bounds(csv, "wide", 17, &bounds, NULL, &message), UPSILON_1_INVALID,
       "The value 'wide' is invalid");
  FAIL(upsilon_1_bounds("dataset\n", NULL, 17, &bounds, NULL, &message), UPSILON_1_INVALID,
       "standard input");
  upsilon_1_free(csv);

  /* Training items, for class means and the linear classifier. */
  const upsilon_1_items training = {twice, 2, &floats, labels, 8};
  request.training = &training;
  request.class_means = UPSILON_1_TRAINING_CLASS_MEANS;
  SUCCEED(upsilon_1_measure(&request, NULL, NULL, &csv, NULL, &message));
  CHECK(strstr(csv, ",training,") != NULL);
  upsilon_1_free(csv);
  request.training = NULL;
  request.class_means = UPSILON_1_USUAL_CLASS_MEANS;

  FAIL(upsilon_1_measure(&request, stop, NULL, &csv, NULL, &message), UPSILON_1_CANCELLED,
       "the progress function");
  check_parts(&request);
  const int64_t one[] = {1};
  request.draws = one;
  request.draw_count = 1;
  FAIL(upsilon_1_measure(&request, NULL, NULL, &csv, NULL, &message), UPSILON_1_INVALID,
       "draws must be at least 2, but is 1");
  request.draws = draws;
  items.label_count = 7;
  FAIL(upsilon_1_measure(&request, NULL, NULL, &csv, NULL, &message), UPSILON_1_INVALID,
       "rows of view 0 must be as many as there are labels, 7, but is 8");
  items.label_count = 8;
  rows[5][2] = 0;
  FAIL(upsilon_1_measure(&request, NULL, NULL, &csv, NULL, &message), UPSILON_1_INVALID,
       "view 0: row 5 is zero");
}

static void check_commands(void) {
  char *output = NULL, *diagnostics = NULL;
  int32_t status = -1;
  const char *help[] = {"--version"};
  SUCCEED(upsilon_1_command(help, 1, NULL, 0, &output, &diagnostics, &status, &message));
  CHECK(status == 0 && strstr(output, upsilon_1_version()) != NULL);
  upsilon_1_free(output);
  TEXT(diagnostics, "");

  const char *counts[] = {"coverage", "--counts", "-", "--draws", "4", "--format", "json"};
  const char input[] = "label,count\na,2\nb,2\n";
  SUCCEED(upsilon_1_command(
      counts, 7, input, (int64_t)strlen(input), &output, &diagnostics, &status, &message));
  CHECK(status == 0 && strstr(output, "0.875") != NULL);
  upsilon_1_free(output);
  upsilon_1_free(diagnostics);

  const char *wrong[] = {"coverage", "--classes", "0"};
  SUCCEED(upsilon_1_command(wrong, 3, NULL, 0, &output, &diagnostics, &status, &message));
  CHECK(status == 64 && strncmp(diagnostics, "Error: ", 7) == 0);
  TEXT(output, "");
  upsilon_1_free(diagnostics);
}

int upsilon_checks(void) {
  failures = 0;
  check_laws();
  check_waiting_time();
  check_requirements();
  check_other_distributions();
  check_measuring();
  check_commands();
  upsilon_1_free(NULL);
  upsilon_1_release(NULL);
  return failures;
}
