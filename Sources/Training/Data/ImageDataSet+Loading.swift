// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import CResources

extension ImageDataSet {
  /// How many digits of each class are for validation.
  static let digitsPerClass = 52

  /// The embedded data set of 1,797 handwritten digits of 8 x 8 pixels from 0 to 16: 52 of each
  /// class for validation, 1,277 for training.
  ///
  /// The test part of *Optical Recognition of Handwritten Digits*, E. Alpaydin and C. Kaynak, UCI
  /// Machine Learning Repository, 1998, doi:10.24432/C50P49, under CC BY 4.0.
  ///
  /// - Complexity: A millisecond or two; nothing is kept.
  public static var digits: ImageDataSet {
    do throws(DataError) {
      let file = unsafe upsilon_digits()
      let bytes = unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
      let rows = try Gzip.decompress(bytes, source: "digits")
      let shape = ImageShape(height: 8, width: 8, channels: 1)
      var (pixels, labels): ([UInt8], [Int]) = ([], [])
      for start in stride(from: 0, to: rows.count, by: 65) {
        pixels += rows[start..<start + 64]
        labels.append(Int(rows[start + 64]))
      }
      let images = LabelledImages(shape: shape, pixels: pixels, labels: labels)
      return try ImageDataSet(
        name: "digits", dividing: images, perClass: { _ in digitsPerClass }, whiteLevel: 16)
    } catch {
      // The tests load it, so a package that passes them cannot come here.
      preconditionFailure("\(error)")
    }
  }

  /// The four files of MNIST, or of a data set in its form, in a folder.
  ///
  /// They are called `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
  /// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, with a point before `idx` in place of
  /// the dash if need be, and with or without `.gz`; the `t10k` files are for validation.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder.
  ///   - name: The name that measurements carry.
  /// - Throws: `DataError` naming the file that is missing or malformed.
  public static func mnist(folder: String, name: String) throws(DataError) -> ImageDataSet {
    func part(_ prefix: String) throws(DataError) -> LabelledImages {
      let images = try file(folder, prefix + "-images-idx3-ubyte")
      return try LabelledImages(
        images: images, labels: file(folder, prefix + "-labels-idx1-ubyte"))
    }
    return try ImageDataSet(
      name: name, training: part("train"), validation: part("t10k"), whiteLevel: 255)
  }

  /// A file by either of its names.
  private static func file(_ folder: String, _ name: String) throws(DataError) -> String {
    let names = [name, name.replacing("-idx", with: ".idx")]
    if let path = try BinaryFile.find(names, in: folder) { return path }
    throw DataError(
      source: folder, problem: "it has no file '\(names[0])' or '\(names[1])', plain or .gz")
  }

  /// A pair of IDX files: a fifth of each class, at least one image, is for validation.
  ///
  /// - Parameters:
  ///   - images: The path of the images.
  ///   - labels: The path of their labels.
  ///   - name: The name that measurements carry.
  /// - Throws: `DataError` naming the file that is missing or malformed.
  public static func idx(
    images: String, labels: String, name: String
  ) throws(DataError) -> ImageDataSet {
    try ImageDataSet(
      name: name, dividing: LabelledImages(images: images, labels: labels),
      perClass: ClassDivision.fifth, whiteLevel: 255)
  }
}

extension LabelledImages {
  /// Reads a pair of IDX files.
  ///
  /// - Throws: `DataError` naming the file at fault.
  init(images: String, labels: String) throws(DataError) {
    func check(_ imageCount: Int, _ labelCount: Int) throws(DataError) {
      guard imageCount != labelCount else { return }
      throw DataError(
        source: BinaryFile.name(of: labels),
        problem: "it has \(labelCount) labels, but '\(BinaryFile.name(of: images))' has "
          + "\(imageCount) images")
    }
    // What both headers show is found before anything else is read.
    if let sizes = try IDXFile.dimensions(path: images, dimensionCount: 3),
      let labelSizes = try IDXFile.dimensions(path: labels, dimensionCount: 1)
    {
      try check(sizes[0], labelSizes[0])
    }
    let classes = try IDXFile(path: labels, dimensionCount: 1)
    let pixels = try IDXFile(path: images, dimensionCount: 3)
    try check(pixels.dimensions[0], classes.dimensions[0])
    self.init(
      shape: ImageShape(height: pixels.dimensions[1], width: pixels.dimensions[2], channels: 1),
      pixels: pixels.bytes, labels: classes.bytes.map(Int.init))
  }
}
