// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The means that are measured of an encoder's features; raw values are the names of the columns.
///
/// Losses and gaps are in nats. Terms have their indicator inside, so that they are means over all
/// anchors, and are not halved.
public enum MeasuredMean: String, CaseIterable, Hashable, Sendable {
  /// L_Info, the contrastive loss with K negatives.
  case contrastiveLoss = "contrastive_loss"
  /// d(f) as the published code has it: E min(0, y), y = z.(mu_c - zbar_x)/t.
  case gap
  /// The tighter d_cvx: E (1 - p) y, with the correction for draws without replacement.
  case gapConvex = "gap_convex"
  /// d_lin = E y.
  case gapLinear = "gap_linear"
  /// L_sup, the cross-entropy of the mean classifier.
  case supervisedLoss = "supervised_loss"
  /// E 1{cover} l_sup.
  case coveredSupervisedTerm = "covered_supervised_term"
  /// E 1{not cover} l_sub.
  case uncoveredSubsetTerm = "uncovered_subset_term"
  /// E 1{Col = 0, cover} l_sub.
  case collisionFreeCoveredTerm = "collision_free_covered_term"
  /// E 1{Col = 0, not cover} l_sub.
  case collisionFreeUncoveredTerm = "collision_free_uncovered_term"
  /// E ln(1 + Col).
  case collisionTerm = "collision_term"
  /// How far features of one class are apart, as the bound of the collision term needs it.
  case collisionBound = "collision_bound"
  /// The share of batches that show every class.
  case coverageRate = "coverage_rate"
  /// The share of anchors with a negative of their class.
  case collisionRate = "collision_rate"
  /// The share of images that the mean classifier labels correctly.
  case meanClassifierAccuracy = "mean_classifier_accuracy"
  /// The share of images that a linear classifier of the features labels correctly.
  case linearAccuracy = "linear_accuracy"
  /// The same for what the projection head is given.
  case linearAccuracyWithoutHead = "linear_accuracy_without_head"
  /// A = E z.(mu_c - sum_j rho_j mu_j), rho_j the shares of the classes in the set that is drawn
  /// from: sum_c rho_c |mu_c|^2 - |m|^2, m = E z, where mu_c is the mean of z itself.
  case betweenClassVariance = "between_class_variance"
  /// A' = E z.(mu_c - mbar), mbar = (1/C) sum_j mu_j: sum_c rho_c |mu_c|^2 - mbar.m where mu_c is
  /// the mean of z itself.
  case classSeparation = "class_separation"
  /// L_adj = E -ln(rho_c e^{z.mu_c/t} / sum_j rho_j e^{z.mu_j/t}), the loss of the mean classifier
  /// with the shares of the classes as its prior.
  case priorAdjustedLoss = "prior_adjusted_loss"
  /// delta = L_Info - E g_K, the largest valid gap.
  case exactGap = "gap_exact"
  /// E g_K = E ln(1 + Col + sum over j != c of n_j r_j), which L_Info is bounded by.
  case expectedBound = "expected_bound"
}

/// A measured mean.
public struct Estimate: Hashable, Sendable {
  /// The mean.
  public let value: Double

  /// Its standard error over batches or anchors, nil if there was only one; 0 where the mean is
  /// exact.
  public let standardError: Double?

  /// A mean with its standard error.
  public init(value: Double, standardError: Double?) {
    self.value = value
    self.standardError = standardError
  }

  /// The mean of `values` and its standard error, s / sqrt n with n - 1 in the variance s^2.
  ///
  /// - Precondition: There is at least one value.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "the mean of no values")
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    value = mean
    guard values.count > 1 else {
      standardError = nil
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = (squares / (count - 1) / count).squareRoot()
  }
}
