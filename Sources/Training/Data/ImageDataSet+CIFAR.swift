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
    let batches = (1...5).compactMap { existing(folder, "data_batch_\($0).bin") }
    guard existing(folder, "data_batch_1.bin") != nil else {
      throw DataError(source: folder, problem: "it has no file 'data_batch_1.bin'")
    }
    return try cifar(
      training: batches, validation: existing(folder, "test_batch.bin"), layout: .cifar10,
      name: name)
  }

  /// CIFAR-100 in its binary layout, with its 100 fine classes: `train.bin`, and `test.bin` for
  /// validation; without it a fifth of each class of `train.bin`.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder.
  ///   - name: The name that measurements carry.
  /// - Throws: `DataError` naming the file that is missing or malformed.
  public static func cifar100(folder: String, name: String) throws(DataError) -> ImageDataSet {
    guard let training = existing(folder, "train.bin") else {
      throw DataError(source: folder, problem: "it has no file 'train.bin'")
    }
    return try cifar(
      training: [training], validation: existing(folder, "test.bin"), layout: .cifar100,
      name: name)
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

  /// The path of a file in a folder, with or without `.gz`; nil if it is not there.
  private static func existing(_ folder: String, _ name: String) -> String? {
    let path = (folder.hasSuffix("/") ? folder : folder + "/") + name
    return [path, path + ".gz"].first(where: BinaryFile.exists)
  }
}
