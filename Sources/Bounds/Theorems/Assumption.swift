// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels

/// What a theorem assumes of a setting.
public struct Assumption: Sendable {
  /// The assumption, in a few words.
  public let text: String
  /// What is said of a setting in which it does not hold.
  public let reason: String
  private let isMet: @Sendable (ContrastiveSetting) -> Bool

  /// Whether it holds in a setting.
  public func holds(in setting: ContrastiveSetting) -> Bool { isMet(setting) }

  /// All classes have the same probability.
  public static let equalClasses = Assumption(
    text: "equally likely classes", reason: "only for equally likely classes, which these are not"
  ) {
    $0.classSizes.isUniform
  }

  /// Negatives depend neither on the anchor nor on each other.
  public static let independentDraws = Assumption(
    text: "independent draws",
    reason: "only for independent draws, and these are without replacement"
  ) {
    $0.isIndependent
  }

  /// The supervised loss of a single class is 0, and needs no bound.
  public static let severalClasses = Assumption(
    text: "at least two classes", reason: "there is a single class, whose supervised loss is 0"
  ) {
    $0.classCount >= 2
  }

  private init(
    text: String, reason: String, isMet: @escaping @Sendable (ContrastiveSetting) -> Bool
  ) {
    self.text = text
    self.reason = reason
    self.isMet = isMet
  }
}
