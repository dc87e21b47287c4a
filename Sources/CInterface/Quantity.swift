// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import CUpsilon
internal import Labels
internal import Occupancy

/// The quantities of `upsilon.h`, by their numbers there.
enum Quantity: Int32 {
  case pmf = 0
  case cdf, sf, logCDF, logSF, log10CDF, log10SF, singleton
  case mean, variance, standardDeviation, expectedLog, expectedLogGivenCollision

  /// - Throws: `DomainError` for a number that stands for none.
  init(checking number: Int32) throws(DomainError) {
    guard let quantity = Quantity(rawValue: number) else {
      throw DomainError(
        parameter: "quantity", value: "\(number)",
        requirement: "must be one of those that upsilon.h has")
    }
    self = quantity
  }
}

extension CertifiedProbability {
  /// The quantity of the event at a point of a distribution function; nil if it is none.
  func number(_ quantity: Quantity) -> ComputableReal? {
    switch quantity {
    case .cdf: value
    case .sf: complement
    case .logCDF: logarithm
    case .logSF: logarithmOfComplement
    case .log10CDF: log10
    case .log10SF: log10Complement
    default: nil
    }
  }
}

extension Quantity {
  /// The quantity of an event that is certain or impossible; nil if it is none.
  func number(certain: Bool) -> ComputableReal? {
    switch self {
    case .cdf: ComputableReal(certain ? 1 : 0)
    case .sf: ComputableReal(certain ? 0 : 1)
    case .logCDF, .log10CDF: certain ? ComputableReal(0) : .negativeInfinity
    case .logSF, .log10SF: certain ? .negativeInfinity : ComputableReal(0)
    default: nil
    }
  }
}

extension SamplingScheme {
  /// The scheme of a number of `upsilon.h`.
  init(checking number: Int32) throws(DomainError) {
    switch number {
    case Int32(UPSILON_1_WITH_REPLACEMENT): self = .withReplacement
    case Int32(UPSILON_1_WITHOUT_REPLACEMENT): self = .withoutReplacement
    default:
      throw DomainError(
        parameter: "sampling", value: "\(number)", requirement: "must be 0 or 1")
    }
  }
}

extension CoverageGoal {
  /// The goal of a requirement of `upsilon.h`, whose zeros are what is usual.
  init(_ given: UnsafePointer<upsilon_1_requirement>?) throws(DomainError) {
    guard let given = unsafe given else {
      self = .everyClassOnce
      return
    }
    let requirement = unsafe given.pointee
    let atLeast = unsafe requirement.at_least == 0 ? nil : Int(requirement.at_least)
    let required = unsafe Int(requirement.required)
    if let each = unsafe requirement.copies_of_each {
      let copies = unsafe integers(each, requirement.count)
      try self.init(copiesOfEach: copies, atLeast: atLeast)
      return
    }
    let copies = unsafe requirement.copies == 0 ? 1 : Int(requirement.copies)
    if required == 0 {
      try self.init(copies: copies, atLeast: atLeast)
    } else {
      try self.init(required: required, copies: copies, atLeast: atLeast)
    }
  }
}
