// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Data, a checkpoint or a machine that cannot serve a request: which, and what is wrong with it.
///
/// Described as `train-images-idx3-ubyte.gz: the file ends in the middle of image 17`.
public struct DataError: Error, Equatable, Sendable {
  /// The file as the user named it, or the name of the data set.
  public let source: String

  /// What is wrong, without a final period.
  public let problem: String

  /// An error that says that there is a `problem` with `source`.
  public init(source: String, problem: String) {
    self.source = source
    self.problem = problem
  }
}

extension DataError: CustomStringConvertible {
  /// The error as one line without a final period.
  public var description: String { "\(source): \(problem)" }
}
