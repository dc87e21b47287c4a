// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Names are those of C.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import ArbitraryPrecision
public import CUpsilon
internal import Labels
internal import Occupancy

typealias DistributionBox = Box<any Distribution>

/// Hands out a distribution that `make` makes.
private func distribution(
  _ result: CObject, _ message: CText?, _ make: () throws -> any Distribution
) -> Int32 {
  unsafe code(message) { unsafe result.pointee = try DistributionBox.pointer(to: make()) }
}

/// `upsilon_1_waiting_time` of upsilon.h.
@c @implementation
public func upsilon_1_waiting_time(
  _ law: OpaquePointer, _ sampling: Int32, _ requirement: UnsafePointer<upsilon_1_requirement>?,
  _ result: CObject, _ message: CText?
) -> Int32 {
  unsafe distribution(result, message) {
    try unsafe WaitingDistribution(
      WaitingTime(
        law: LawBox.value(at: law), sampling: SamplingScheme(checking: sampling),
        goal: CoverageGoal(requirement)))
  }
}

/// `upsilon_1_pack_waiting_time` of upsilon.h.
@c @implementation
public func upsilon_1_pack_waiting_time(
  _ classes: Int64, _ packSize: Int64, _ required: Int64, _ result: CObject, _ message: CText?
) -> Int32 {
  unsafe distribution(result, message) {
    try PackWaitingTime(
      classCount: Int(classes), packSize: Int(packSize),
      requiredCount: required == 0 ? nil : Int(required))
  }
}

/// `upsilon_1_duplicate_time` of upsilon.h.
@c @implementation
public func upsilon_1_duplicate_time(
  _ law: OpaquePointer, _ sampling: Int32, _ result: CObject, _ message: CText?
) -> Int32 {
  unsafe distribution(result, message) {
    try unsafe DuplicateTime(
      law: LawBox.value(at: law), sampling: SamplingScheme(checking: sampling))
  }
}

/// `upsilon_1_collision_law` of upsilon.h.
@c @implementation
public func upsilon_1_collision_law(
  _ law: OpaquePointer, _ sampling: Int32, _ negatives: Int64, _ result: CObject,
  _ message: CText?
) -> Int32 {
  unsafe distribution(result, message) {
    try unsafe CollisionLaw(
      law: LawBox.value(at: law), sampling: SamplingScheme(checking: sampling),
      negativeCount: Int(negatives))
  }
}

/// `upsilon_1_covered_collision_law` of upsilon.h.
@c @implementation
public func upsilon_1_covered_collision_law(
  _ law: OpaquePointer, _ sampling: Int32, _ negatives: Int64,
  _ requirement: UnsafePointer<upsilon_1_requirement>?, _ result: CObject, _ message: CText?
) -> Int32 {
  unsafe distribution(result, message) {
    try unsafe CoveredCollisionLaw(
      law: LawBox.value(at: law), sampling: SamplingScheme(checking: sampling),
      negativeCount: Int(negatives), goal: CoverageGoal(requirement))
  }
}

/// `upsilon_1_distinct_law` of upsilon.h.
@c @implementation
public func upsilon_1_distinct_law(
  _ law: OpaquePointer, _ sampling: Int32, _ draws: Int64, _ result: CObject, _ message: CText?
) -> Int32 {
  unsafe distribution(result, message) {
    try unsafe DistinctLaw(
      law: LawBox.value(at: law), sampling: SamplingScheme(checking: sampling),
      drawCount: Int(draws))
  }
}

/// `upsilon_1_quantile` of upsilon.h.
@c @implementation
public func upsilon_1_quantile(
  _ distribution: OpaquePointer, _ probability: UnsafePointer<CChar>,
  _ n: UnsafeMutablePointer<Int64>, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let p = try Rational(parsing: unsafe String(cString: probability))
    unsafe n.pointee = Int64(try DistributionBox.value(at: distribution).quantile(p))
  }
}

/// `upsilon_1_support` of upsilon.h.
@c @implementation
public func upsilon_1_support(
  _ distribution: OpaquePointer, _ least: UnsafeMutablePointer<Int64>,
  _ greatest: UnsafeMutablePointer<Int64>, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let support = try unsafe DistributionBox.value(at: distribution).support
    unsafe least.pointee = Int64(support.lowerBound)
    unsafe greatest.pointee = Int64(support.upperBound)
  }
}
