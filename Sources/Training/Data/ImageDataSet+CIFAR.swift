// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension ImageDataSet {
  /// CIFAR-10 in its binary layout: `data_batch_1.bin` to `data_batch_5.bin`, of which the first
  /// must be there, and `test_batch.bin` for validation; without it a fifth of each class of the
  /// others. Every file may be compressed (`.gz`).
  ///
  /// - Parameters:
  ///   - folder: The path of the folder.
  ///   - name: The name that measurements carry.
  /// - Throws: `DataError` naming the file that is missing or malformed.
  public static func cifar10(folder: String, name: String) throws(DataError) -> ImageDataSet {
    guard try BinaryFile.find(["data_batch_1.bin"], in: folder) != nil else {
      throw try missing("data_batch_1", from: folder, archive: "cifar-10")
    }
    var batches: [String] = []
    for number in 1...5 {
      if let path = try BinaryFile.find(["data_batch_\(number).bin"], in: folder) {
        batches.append(path)
      }
    }
    return try cifar(
      training: batches, validation: BinaryFile.find(["test_batch.bin"], in: folder),
      layout: .cifar10, name: name)
  }

  /// CIFAR-100 in its binary layout, with its 100 fine classes: `train.bin`, and `test.bin` for
  /// validation; without it a fifth of each class of `train.bin`.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder.
  ///   - name: The name that measurements carry.
  /// - Throws: `DataError` naming the file that is missing or malformed.
  public static func cifar100(folder: String, name: String) throws(DataError) -> ImageDataSet {
    guard let training = try BinaryFile.find(["train.bin"], in: folder) else {
      throw try missing("train", from: folder, archive: "cifar-100")
    }
    return try cifar(
      training: [training], validation: BinaryFile.find(["test.bin"], in: folder),
      layout: .cifar100, name: name)
  }

  private static func cifar(
    training: [String], validation: String?, layout: CIFARFile.Layout, name: String
  ) throws(DataError) -> ImageDataSet {
    let images = try CIFARFile(paths: training, layout: layout).images
    guard let validation else {
      return try ImageDataSet(
        name: name, dividing: images, perClass: ClassDivision.fifth, whiteLevel: 255)
    }
    return try ImageDataSet(
      name: name, training: images,
      validation: CIFARFile(paths: [validation], layout: layout).images, whiteLevel: 255)
  }

  /// The error of a folder without a binary file, which says what it has instead.
  private static func missing(
    _ name: String, from folder: String, archive: String
  ) throws(DataError) -> DataError {
    for inner in ["cifar-10-batches-bin", "cifar-100-binary"]
    where try BinaryFile.find([inner + "/" + name + ".bin"], in: folder) != nil {
      return DataError(source: folder, problem: "the files are in its folder '\(inner)': name that")
    }
    if try BinaryFile.find([name, name + ".mat"], in: folder) != nil {
      return DataError(
        source: folder,
        problem: "it has no file '\(name).bin', but the version for Python or Matlab, which is not "
          + "read (pickles can run programs): \(archive)-binary.tar.gz is the binary version, from "
          + "https://www.cs.toronto.edu/~kriz/cifar.html")
    }
    return DataError(source: folder, problem: "it has no file '\(name).bin'")
  }
}
