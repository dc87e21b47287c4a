// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Training

/// The option that names the images or texts to train on.
enum TrainingDataOption: Equatable, Sendable {
  case digits
  case fashionMNIST(folder: String)
  case mnist(folder: String)
  case idx(images: String, labels: String)
  case cifar10(folder: String)
  case cifar100(folder: String)
  case agNews(files: [String])
  case textCSV(files: [String])
  case banking77(folder: String)
  case clinc150(file: String)

  static let data = ArgumentSpecification.option(
    "data", value: "data",
    values: .suggestions([
      "digits", "fashion-mnist:", "mnist:", "idx:", "cifar-10:", "cifar-100:", "ag-news:",
      "text-csv:", "banking77:", "clinc150:",
    ]),
    "Images: digits (embedded), fashion-mnist:FOLDER or mnist:FOLDER (its four IDX files, plain "
      + "or .gz), idx:IMAGES,LABELS, or cifar-10:FOLDER or cifar-100:FOLDER (binary files). Texts: "
      + "ag-news:FILE or text-csv:FILE (columns label and text if there is a header, otherwise "
      + "class, then text; or two files, TRAINING,VALIDATION), banking77:FOLDER (its train.csv) or "
      + "clinc150:FILE. Without files for validation a fifth of each class is set aside.")

  private static let forms =
    "must be digits, fashion-mnist:FOLDER, mnist:FOLDER, idx:IMAGES,LABELS, cifar-10:FOLDER, "
    + "cifar-100:FOLDER, ag-news:FILE, text-csv:FILE, banking77:FOLDER or clinc150:FILE"

  /// Reads the option; no file is opened.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    guard let text = arguments.text(Self.data) else { throw .missing(oneOf: [Self.data]) }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let (kind, place) = (parts[0].lowercased(), parts.count > 1 ? String(parts[1]) : "")
    switch (kind, parts.count) {
    case ("digits", 1):
      self = .digits
    case ("fashion-mnist", 2) where !place.isEmpty:
      self = .fashionMNIST(folder: place)
    case ("mnist", 2) where !place.isEmpty:
      self = .mnist(folder: place)
    case ("cifar-10", 2) where !place.isEmpty:
      self = .cifar10(folder: place)
    case ("cifar-100", 2) where !place.isEmpty:
      self = .cifar100(folder: place)
    case ("banking77", 2) where !place.isEmpty:
      self = .banking77(folder: place)
    case ("clinc150", 2) where !place.isEmpty:
      self = .clinc150(file: place)
    case ("idx", 2), ("ag-news", 2), ("text-csv", 2):
      let files = place.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let isPair = kind == "idx"
      guard files.count == 2 || files.count == 1 && !isPair, !files.contains("") else {
        let what = isPair ? "two files" : "a file, or two files"
        throw .invalid(text, for: Self.data, "'\(kind):' takes \(what) joined by a comma")
      }
      switch kind {
      case "idx": self = .idx(images: files[0], labels: files[1])
      case "ag-news": self = .agNews(files: files)
      default: self = .textCSV(files: files)
      }
    case ("fashion-mnist", _), ("mnist", _), ("cifar-10", _), ("cifar-100", _),
      ("banking77", _):
      throw .invalid(text, for: Self.data, "'\(kind):' takes a folder")
    case ("clinc150", _):
      throw .invalid(text, for: Self.data, "'clinc150:' takes a file")
    default:
      throw .invalid(text, for: Self.data, Self.forms)
    }
  }

  /// The name that measurements carry.
  var name: String {
    switch self {
    case .digits: "digits"
    case .fashionMNIST: "fashion-mnist"
    case .mnist: "mnist"
    case .idx(let images, _): LawOptions.baseName(images)
    case .cifar10: "cifar-10"
    case .cifar100: "cifar-100"
    case .agNews: "ag-news"
    case .textCSV(let files): LawOptions.baseName(files[0])
    case .banking77: "banking77"
    case .clinc150: "clinc150"
    }
  }

  /// What the items are.
  var kind: DataSet.Kind {
    switch self {
    case .digits, .fashionMNIST, .mnist, .idx, .cifar10, .cifar100: .images
    case .agNews, .textCSV, .banking77, .clinc150: .texts
    }
  }

  /// Reads the images or texts.
  func load() throws(DataError) -> DataSet {
    switch self {
    case .digits: DataSet(.digits)
    case .fashionMNIST(let folder), .mnist(let folder):
      DataSet(try .mnist(folder: folder, name: name))
    case .idx(let images, let labels):
      DataSet(try .idx(images: images, labels: labels, name: name))
    case .cifar10(let folder): DataSet(try .cifar10(folder: folder, name: name))
    case .cifar100(let folder): DataSet(try .cifar100(folder: folder, name: name))
    case .agNews(let files), .textCSV(let files):
      DataSet(
        try .csv(training: files[0], validation: files.count > 1 ? files[1] : nil, name: name))
    case .banking77(let folder): DataSet(try .banking77(folder: folder, name: name))
    case .clinc150(let file): DataSet(try .clinc150(file: file, name: name))
    }
  }
}
