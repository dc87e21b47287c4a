// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Training

/// The options that name the files of features and labels.
struct FeatureOptions: Sendable {
  static let features = ArgumentSpecification.option(
    "features", value: "files", values: .file, isList: true,
    "NPY files of views of the items to measure, (N, D) each. In shuffled batches the first view "
      + "provides the anchors, the second the keys, and any others only enter item means. The "
      + "option may be repeated; a pattern such as 'view*.npy' stands for all files that match it, "
      + "in the order of their names, FILE.npz:NAME for an array of an archive, and '-' for "
      + "standard input.")
  static let viewsAxis = ArgumentSpecification.option(
    "views-axis", value: "axis", values: .choices(["0", "1"]),
    "Which axis of a three-dimensional array is that of the views: 1 for (N, V, D), 0 for (V, N, "
      + "D).")
  static let dump = ArgumentSpecification.option(
    "dump", value: "prefix", values: .file,
    "Folder and key of files named as the published code names them: "
      + "PREFIX.feature.{0,1}.{train,val}.npy, PREFIX.feature.{train,val}.npy and "
      + "PREFIX.label.{train,val}.npy.")
  static let labels = ArgumentSpecification.option(
    "labels", value: "file", values: .file,
    "NPY file of their labels, (N,) or (N, 1): whole numbers, booleans, or strings, which are "
      + "numbered in the order of their bytes.")
  static let plain = ArgumentSpecification.option(
    "plain", value: "file", values: .file,
    "NPY file of the items without augmentation, for accuracies (default: the first view).")
  static let trainingFeatures = ArgumentSpecification.option(
    "training-features", value: "files", values: .file, isList: true,
    "NPY files of views of the training items, for class means and the linear classifier.")
  static let trainingLabels = ArgumentSpecification.option(
    "training-labels", value: "file", values: .file, "NPY file of the labels of training items.")
  static let trainingPlain = ArgumentSpecification.option(
    "training-plain", value: "file", values: .file,
    "NPY file of the training items without augmentation, for the linear classifier (default: "
      + "their first view).")
  static let name = ArgumentSpecification.option(
    "name", "Name of the data set in the table (default: that of the first file, or the key).")

  static let specifications = [
    features, viewsAxis, labels, plain, trainingFeatures, trainingLabels, trainingPlain, dump, name,
  ]

  /// Options that mean nothing beside `--dump`.
  private static let single = [
    features, viewsAxis, labels, plain, trainingFeatures, trainingLabels, trainingPlain,
  ]

  private enum Place {
    case dump(String)
    case files(FeatureFileSet)
  }

  private let place: Place
  /// The name that measurements carry.
  let name: String

  /// Reads the options; no file is opened.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    let name = try Self.path(arguments, Self.name)
    if let prefix = try Self.path(arguments, Self.dump) {
      if let extra = Self.single.first(where: { arguments.has($0) }) {
        throw .conflict(extra, Self.dump)
      }
      place = .dump(prefix)
      self.name = name ?? LawOptions.baseName(prefix)
      return
    }
    guard let views = try Self.paths(arguments, Self.features) else {
      throw .missing(oneOf: [Self.features, Self.dump])
    }
    guard let labels = try Self.path(arguments, Self.labels) else {
      throw .missing(oneOf: [Self.labels])
    }
    var files = FeatureFileSet(views: views, labels: labels)
    files.viewsAxis = try arguments.integer(Self.viewsAxis, in: 0...1)
    files.plain = try Self.path(arguments, Self.plain)
    files.trainingViews = try Self.paths(arguments, Self.trainingFeatures) ?? []
    files.trainingPlain = try Self.path(arguments, Self.trainingPlain)
    files.trainingLabels = try Self.path(arguments, Self.trainingLabels)
    let hasTraining = !files.trainingViews.isEmpty || files.trainingPlain != nil
    if hasTraining && files.trainingLabels == nil {
      throw .needless(
        files.trainingViews.isEmpty ? Self.trainingPlain : Self.trainingFeatures,
        without: [Self.trainingLabels])
    }
    if files.trainingLabels != nil && !hasTraining {
      throw .needless(
        Self.trainingLabels, without: [Self.trainingFeatures, Self.trainingPlain])
    }
    place = .files(files)
    self.name = name ?? Self.name(of: views[0])
  }

  /// The files; those of a dump and those that patterns stand for are looked for.
  func files() throws -> FeatureFileSet {
    switch place {
    case .dump(let prefix): return try FeatureFileSet(publishedPrefix: prefix)
    case .files(var files):
      files.views = try files.views.flatMap(Folder.files(matching:))
      files.trainingViews = try files.trainingViews.flatMap(Folder.files(matching:))
      return files
    }
  }

  /// What measurements of a file are called: its name, without what every such file ends in.
  private static func name(of path: String) -> String {
    let base = LawOptions.baseName(path)
    let ending = [".npy", ".npz"].compactMap { base.firstRange(of: $0) }.first
    return ending.map { String(base[..<$0.lowerBound]) } ?? base
  }

  private static func path(
    _ arguments: ParsedArguments, _ specification: ArgumentSpecification
  ) throws(UsageError) -> String? {
    guard let text = arguments.text(specification) else { return nil }
    if text.isEmpty { throw .invalid(text, for: specification, "must not be empty") }
    return text
  }

  /// The paths of a list, if it was given.
  static func paths(
    _ arguments: ParsedArguments, _ specification: ArgumentSpecification
  ) throws(UsageError) -> [String]? {
    guard let text = arguments.text(specification) else { return nil }
    let paths = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if paths.contains("") {
      throw .invalid(text, for: specification, "must be files joined by commas")
    }
    return paths
  }
}
