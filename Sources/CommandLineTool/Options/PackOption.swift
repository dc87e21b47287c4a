// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Occupancy
internal import Tables

/// The option that makes each draw a pack of different classes, counted as one.
struct PackOption: Sendable {
  static let pack = ArgumentSpecification.option(
    "pack", value: "k",
    "Each draw is a pack of k different classes, like the batch of a sampler that picks k "
      + "classes; draws are counted in packs. Needs '--classes' and adds the column pack.")

  /// C.
  let classCount: Int
  /// k.
  let packSize: Int

  /// Reads the option: nil if it was not given.
  ///
  /// - Throws: `UsageError` for a size that is not from 1 to C, and for options that packs do not
  ///   have.
  init?(_ arguments: ParsedArguments, of specification: CommandSpecification) throws(UsageError) {
    guard arguments.has(Self.pack) else { return nil }
    let served = [LawOptions.classes, DrawOptions.draws, Self.pack, CoverageCommand.exact]
    let names =
      (served + [WaitingCommand.quantiles] + OutputOptions.specifications).map(\.name)
    for other in specification.options where arguments.has(other) && !names.contains(other.name) {
      throw .conflict(Self.pack, other)
    }
    let limit = PackCoverageProbability.classLimit
    guard let classCount = try arguments.integer(LawOptions.classes, in: 1...limit),
      let packSize = try arguments.integer(Self.pack, in: 1...limit)
    else { throw .needless(Self.pack, without: [LawOptions.classes]) }
    guard packSize <= classCount else {
      throw .invalid(
        "\(packSize)", for: Self.pack,
        "a pack has at most \(classCount) different classes")
    }
    (self.classCount, self.packSize) = (classCount, packSize)
  }

  /// The fields dataset and classes.
  var lawFields: [TableField] { [.text("uniform"), .integer(classCount)] }

  /// The fields sampling and pack: packs are drawn independently.
  var samplingFields: [TableField] { [.text("with-replacement"), .integer(packSize)] }
}
