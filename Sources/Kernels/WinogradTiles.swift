// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Tiles of images to and from planes of products. Images are (images, height, width, channels) with
// a border of one pixel and as many more to the right and below as complete the last tile. Plane p of
// 36 holds, for each tile of a range, all channels. Channels are a multiple of eight.

/// Where the tiles of padded images lie.
public struct WinogradTiling {
  /// Rows and columns of tiles of an image.
  public let tileRows, tileColumns: Int
  /// Channels.
  public let channels: Int

  /// A tiling of images of `tileRows` by `tileColumns` tiles.
  public init(tileRows: Int, tileColumns: Int, channels: Int) {
    self.tileRows = tileRows
    self.tileColumns = tileColumns
    self.channels = channels
  }

  /// Tiles of an image.
  public var tileCount: Int { tileRows * tileColumns }
  /// Floats in a row of a padded image.
  public var rowStep: Int { (4 * tileColumns + 2) * channels }
  /// Floats in a padded image.
  public var imageStep: Int { (4 * tileRows + 2) * rowStep }
}

/// How many floats lie between planes of `tiles` tiles: one more line of a cache than they take, so
/// that planes do not compete for the same lines.
public func winogradPlane(tiles: Int, channels: Int) -> Int { tiles * channels + 16 }

/// A position in the sequence of all tiles of all images.
private struct TileCursor {
  var row, column: Int
  var image: Int

  @inline(__always)
  init(_ tile: Int, _ rows: Int, _ columns: Int) {
    image = tile / (rows * columns)
    let rest = tile - image * rows * columns
    row = rest / columns
    column = rest - row * columns
  }

  @inline(__always)
  mutating func advance(_ rows: Int, _ columns: Int) {
    column += 1
    if column == columns {
      column = 0
      row += 1
      if row == rows {
        row = 0
        image += 1
      }
    }
  }
}

/// The planes of B^T d B for tiles `first` ..< `first + count`.
///
/// - Parameters:
///   - padded: All images.
///   - planes: Receives 36 planes, `plane` floats apart.
@inline(never)
public func winogradInput(
  _ padded: UnsafePointer<Float>, _ tiling: WinogradTiling, first: Int, count: Int,
  into planes: UnsafeMutablePointer<Float>, plane: Int
) {
  unsafe inputPlanes(padded, tiling, first: first, count: count, into: planes, plane: plane)
}

/// As `winogradInput`, for use inside a kernel.
@inline(__always)
private func inputPlanes(
  _ padded: UnsafePointer<Float>, _ tiling: WinogradTiling, first: Int, count: Int,
  into planes: UnsafeMutablePointer<Float>, plane: Int
) {
  let (channels, step) = (tiling.channels, tiling.rowStep)
  var middle = InlineArray<36, Lanes>(repeating: Lanes(repeating: 0))
  var cursor = TileCursor(first, tiling.tileRows, tiling.tileColumns)
  for tile in 0..<count {
    let source =
      unsafe padded + cursor.image * tiling.imageStep + 4 * cursor.row * step
      + 4 * cursor.column * channels
    let target = unsafe planes + tile * channels
    var channel = 0
    while channel < channels {
      for x in 0..<6 {
        let column = unsafe source + (x * channels + channel)
        let v = unsafe transformInput(
          (
            load(column), load(column + step), load(column + 2 * step), load(column + 3 * step),
            load(column + 4 * step), load(column + 5 * step)
          ))
        unsafe middle[unchecked: x] = v.0
        unsafe middle[unchecked: 6 + x] = v.1
        unsafe middle[unchecked: 12 + x] = v.2
        unsafe middle[unchecked: 18 + x] = v.3
        unsafe middle[unchecked: 24 + x] = v.4
        unsafe middle[unchecked: 30 + x] = v.5
      }
      for y in 0..<6 {
        let start = 6 * y
        let v = unsafe transformInput(
          (
            middle[unchecked: start], middle[unchecked: start + 1], middle[unchecked: start + 2],
            middle[unchecked: start + 3], middle[unchecked: start + 4], middle[unchecked: start + 5]
          ))
        let row = unsafe target + (6 * y * plane + channel)
        unsafe store(v.0, row)
        unsafe store(v.1, row + plane)
        unsafe store(v.2, row + 2 * plane)
        unsafe store(v.3, row + 3 * plane)
        unsafe store(v.4, row + 4 * plane)
        unsafe store(v.5, row + 5 * plane)
      }
      channel += 8
    }
    cursor.advance(tiling.tileRows, tiling.tileColumns)
  }
}

/// The planes of A dy A^T for tiles `first` ..< `first + count`, dy being what lies inside the border.
///
/// - Parameters:
///   - padded: All images.
///   - planes: Receives 36 planes, `plane` floats apart.
@inline(never)
public func winogradGradient(
  _ padded: UnsafePointer<Float>, _ tiling: WinogradTiling, first: Int, count: Int,
  into planes: UnsafeMutablePointer<Float>, plane: Int
) {
  let (channels, step) = (tiling.channels, tiling.rowStep)
  var middle = InlineArray<24, Lanes>(repeating: Lanes(repeating: 0))
  var cursor = TileCursor(first, tiling.tileRows, tiling.tileColumns)
  for tile in 0..<count {
    let source =
      unsafe padded + cursor.image * tiling.imageStep + (4 * cursor.row + 1) * step
      + (4 * cursor.column + 1) * channels
    let target = unsafe planes + tile * channels
    var channel = 0
    while channel < channels {
      for x in 0..<4 {
        let column = unsafe source + (x * channels + channel)
        let z = unsafe transformGradient(
          (load(column), load(column + step), load(column + 2 * step), load(column + 3 * step)))
        unsafe middle[unchecked: x] = z.0
        unsafe middle[unchecked: 4 + x] = z.1
        unsafe middle[unchecked: 8 + x] = z.2
        unsafe middle[unchecked: 12 + x] = z.3
        unsafe middle[unchecked: 16 + x] = z.4
        unsafe middle[unchecked: 20 + x] = z.5
      }
      for y in 0..<6 {
        let z = unsafe transformGradient(
          (
            middle[unchecked: 4 * y], middle[unchecked: 4 * y + 1], middle[unchecked: 4 * y + 2],
            middle[unchecked: 4 * y + 3]
          ))
        let row = unsafe target + (6 * y * plane + channel)
        unsafe store(z.0, row)
        unsafe store(z.1, row + plane)
        unsafe store(z.2, row + 2 * plane)
        unsafe store(z.3, row + 3 * plane)
        unsafe store(z.4, row + 4 * plane)
        unsafe store(z.5, row + 5 * plane)
      }
      channel += 8
    }
    cursor.advance(tiling.tileRows, tiling.tileColumns)
  }
}

/// Outputs A^T m A of tiles, those beyond the image left out.
///
/// - Parameters:
///   - tiling: Of the outputs.
///   - height, width: Of an output image.
///   - output: (images, height, width, channels), without border.
@inline(__always)
private func outputOfPlanes(
  _ planes: UnsafePointer<Float>, plane: Int, _ tiling: WinogradTiling, first: Int, count: Int,
  height: Int, width: Int, into output: UnsafeMutablePointer<Float>
) {
  let channels = tiling.channels
  let step = width * channels
  var middle = InlineArray<24, Lanes>(repeating: Lanes(repeating: 0))
  var cursor = TileCursor(first, tiling.tileRows, tiling.tileColumns)
  for tile in 0..<count {
    let source = unsafe planes + tile * channels
    let rows = smaller(4, height - 4 * cursor.row)
    let columns = smaller(4, width - 4 * cursor.column)
    let target =
      unsafe output + ((cursor.image * height + 4 * cursor.row) * width + 4 * cursor.column)
      * channels
    var channel = 0
    while channel < channels {
      for x in 0..<6 {
        let column = unsafe source + (x * plane + channel)
        let y = unsafe transformProducts(
          (
            load(column), load(column + 6 * plane), load(column + 12 * plane),
            load(column + 18 * plane), load(column + 24 * plane), load(column + 30 * plane)
          ))
        unsafe middle[unchecked: x] = y.0
        unsafe middle[unchecked: 6 + x] = y.1
        unsafe middle[unchecked: 12 + x] = y.2
        unsafe middle[unchecked: 18 + x] = y.3
      }
      for y in 0..<rows {
        let start = 6 * y
        let result = unsafe transformProducts(
          (
            middle[unchecked: start], middle[unchecked: start + 1], middle[unchecked: start + 2],
            middle[unchecked: start + 3], middle[unchecked: start + 4],
            middle[unchecked: start + 5]
          ))
        let row = unsafe target + (y * step + channel)
        unsafe store(result.0, row)
        if columns > 1 { unsafe store(result.1, row + channels) }
        if columns > 2 { unsafe store(result.2, row + 2 * channels) }
        if columns > 3 { unsafe store(result.3, row + 3 * channels) }
      }
      channel += 8
    }
    cursor.advance(tiling.tileRows, tiling.tileColumns)
  }
}

/// How many floats `convolveWinograd` needs to work in.
public func winogradWorkspace(tiles: Int, inputChannels: Int, outputChannels: Int) -> Int {
  36
    * (winogradPlane(tiles: tiles, channels: inputChannels)
      + winogradPlane(tiles: tiles, channels: outputChannels))
}

/// The 3 x 3 convolution of padded images with stride 1.
///
/// - Parameters:
///   - padded: (images), as `tiling` says; its channels are those of the input.
///   - weights: As `winogradWeights` leaves them.
///   - output: (images, height, width, outputChannels).
///   - block: How many tiles are transformed at a time.
///   - workspace: `winogradWorkspace` floats, with any content.
/// - Complexity: O(tiles * 36 * inputChannels * outputChannels).
@inline(never)
public func convolveWinograd(
  _ padded: UnsafePointer<Float>, images: Int, _ tiling: WinogradTiling,
  weights: UnsafePointer<Float>, outputChannels: Int, height: Int, width: Int,
  into output: UnsafeMutablePointer<Float>, block: Int, workspace: UnsafeMutablePointer<Float>
) {
  let channels = tiling.channels
  let results = WinogradTiling(
    tileRows: tiling.tileRows, tileColumns: tiling.tileColumns, channels: outputChannels)
  let plane = winogradPlane(tiles: block, channels: channels)
  let resultPlane = winogradPlane(tiles: block, channels: outputChannels)
  let products = unsafe workspace + 36 * plane
  let weightPlane = panelCount(depth: channels, columns: outputChannels)
  let all = images * tiling.tileCount
  var first = 0
  while first < all {
    let count = smaller(block, all - first)
    unsafe inputPlanes(padded, tiling, first: first, count: count, into: workspace, plane: plane)
    for p in 0..<36 {
      unsafe multiplyRow(
        count: count, a: workspace + p * plane, aColumn: channels, depth: channels,
        b: weights + p * weightPlane, columns: outputChannels, c: products + p * resultPlane,
        cColumn: outputChannels, accumulates: false)
    }
    unsafe outputOfPlanes(
      products, plane: resultPlane, results, first: first, count: count, height: height,
      width: width, into: output)
    first += count
  }
}
