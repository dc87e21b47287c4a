// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension Recipe {
  /// Everything in tables/, each file after those that its command reads.
  static let all = exact

  /// The same with a small training, for a first look.
  static let quick = exact

  private static let exact = [
    "waiting --dataset all --both-samplings --output tables/waiting.csv",
    "coverage --dataset cifar-10 --draws 10..128 --both-samplings"
      + " --output tables/coverage-cifar-10.csv",
    "coverage --dataset cifar-100 --draws 128..1024:+32 --both-samplings"
      + " --output tables/coverage-cifar-100.csv",
    "coverage --dataset imagenet-1k --draws 1024..131072:+1024 --both-samplings"
      + " --output tables/coverage-imagenet-1k.csv",
    "coverage --published --output tables/published-versus-exact.csv",
  ].map { Recipe(command: "upsilon " + $0) }
}
