// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Images of 32 x 32 pixels in the binary layout of CIFAR-10 or CIFAR-100, plain or compressed by
/// gzip.
///
/// Records follow one another without a header: one byte with the class (CIFAR-100: two, the coarse
/// class and the fine one), then 1,024 bytes of red, 1,024 of green and 1,024 of blue, row by row.
///
/// Reference: A. Krizhevsky, *Learning multiple layers of features from tiny images*, technical
/// report, University of Toronto, 2009.
struct CIFARFile {
  /// Which of the two data sets a file is of.
  enum Layout: Equatable {
    case cifar10
    case cifar100

    /// How many classes each label of a record has, coarse before fine.
    var classCounts: [Int] { self == .cifar10 ? [10] : [20, 100] }
  }

  static let shape = ImageShape(height: 32, width: 32, channels: 3)

  /// The images with their classes, of CIFAR-100 the fine ones.
  let images: LabelledImages

  /// Reads the files at `paths`, one after another.
  init(paths: [String], layout: Layout) throws(DataError) {
    var (pixels, labels): ([UInt8], [Int]) = ([], [])
    for path in paths {
      let file = try CIFARFile(BinaryFile.readExpanded(path), source: path, layout: layout)
      pixels += file.images.pixels
      labels += file.images.labels
    }
    images = LabelledImages(shape: Self.shape, pixels: pixels, labels: labels)
  }

  /// Reads the content of a file.
  init(_ content: [UInt8], source: String, layout: Layout) throws(DataError) {
    let file =
      Gzip.isCompressed(content) ? try Gzip.decompress(content, source: source) : content
    let (labelCount, plane) = (layout.classCounts.count, 1024)
    let recordSize = labelCount + 3 * plane
    let count = file.count / recordSize
    guard !file.isEmpty else { throw DataError(source: source, problem: "the file is empty") }
    guard file.count == count * recordSize else {
      throw DataError(
        source: source,
        problem: "the file ends in the middle of image \(count + 1): expected records of "
          + "\(recordSize) bytes, found \(file.count) bytes")
    }
    var labels: [Int] = []
    var pixels = [UInt8](repeating: 0, count: count * 3 * plane)
    for item in 0..<count {
      let start = item * recordSize
      for (index, classCount) in layout.classCounts.enumerated() {
        let label = Int(file[start + index])
        guard label < classCount else {
          let kind = layout == .cifar10 ? "label" : (index == 0 ? "coarse label" : "fine label")
          throw DataError(
            source: source,
            problem: "the \(kind) of image \(item + 1) is \(label), expected 0 to "
              + "\(classCount - 1)")
        }
      }
      labels.append(Int(file[start + labelCount - 1]))
      for channel in 0..<3 {
        let from = start + labelCount + channel * plane
        let to = item * 3 * plane + channel
        for pixel in 0..<plane { pixels[to + 3 * pixel] = file[from + pixel] }
      }
    }
    images = LabelledImages(shape: Self.shape, pixels: pixels, labels: labels)
  }
}
