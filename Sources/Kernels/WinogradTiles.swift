// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import KernelInterface

// Tiles of images to and from planes of products. Images are (images, height, width, channels) with
// a border of one pixel and as many more to the right and below as complete the last tile. Plane p
// of 36 holds, for each tile of a range, all channels. Channels are a multiple of eight.

/// Where the tiles of padded images lie.
struct WinogradTiling {
  /// Rows and columns of tiles of an image.
  let tileRows, tileColumns: Int
  /// Channels.
  let channels: Int

  /// Tiles of an image.
  var tileCount: Int { tileRows * tileColumns }
  /// Floats in a row of a padded image.
  var rowStep: Int { (4 * tileColumns + 2) * channels }
  /// Floats in a padded image.
  var imageStep: Int { (4 * tileRows + 2) * rowStep }
}

extension ConvolutionShape {
  /// Winograd's tiles with the channels of the input.
  var inputTiling: WinogradTiling {
    WinogradTiling(tileRows: tiles.rows, tileColumns: tiles.columns, channels: inputChannels)
  }

  /// Winograd's tiles with the channels of the output.
  var outputTiling: WinogradTiling {
    WinogradTiling(tileRows: tiles.rows, tileColumns: tiles.columns, channels: outputChannels)
  }
}

/// How many floats lie between planes of `tiles` tiles: one more line of a cache than they take, so
/// that planes do not compete for the same lines.
func winogradPlane(tiles: Int, channels: Int) -> Int { tiles * channels + 16 }

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
func winogradInput(
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
  var cursor = TileCursor(first, tiling.tileRows, tiling.tileColumns)
  for tile in 0..<count {
    let source =
      unsafe padded + cursor.image * tiling.imageStep + 4 * cursor.row * step
      + 4 * cursor.column * channels
    let target = unsafe planes + tile * channels
    eachVector(channels) { channel, width in
      let at = unsafe source + channel
      let c0 = unsafe transformInput(loadSix(at, step, width))
      let c1 = unsafe transformInput(loadSix(at + channels, step, width))
      let c2 = unsafe transformInput(loadSix(at + 2 * channels, step, width))
      let c3 = unsafe transformInput(loadSix(at + 3 * channels, step, width))
      let c4 = unsafe transformInput(loadSix(at + 4 * channels, step, width))
      let c5 = unsafe transformInput(loadSix(at + 5 * channels, step, width))
      let (to, row) = unsafe (target + channel, 6 * plane)
      unsafe storeSix(transformInput((c0.0, c1.0, c2.0, c3.0, c4.0, c5.0)), to, plane, width)
      unsafe storeSix(transformInput((c0.1, c1.1, c2.1, c3.1, c4.1, c5.1)), to + row, plane, width)
      unsafe storeSix(
        transformInput((c0.2, c1.2, c2.2, c3.2, c4.2, c5.2)), to + 2 * row, plane, width)
      unsafe storeSix(
        transformInput((c0.3, c1.3, c2.3, c3.3, c4.3, c5.3)), to + 3 * row, plane, width)
      unsafe storeSix(
        transformInput((c0.4, c1.4, c2.4, c3.4, c4.4, c5.4)), to + 4 * row, plane, width)
      unsafe storeSix(
        transformInput((c0.5, c1.5, c2.5, c3.5, c4.5, c5.5)), to + 5 * row, plane, width)
    }
    cursor.advance(tiling.tileRows, tiling.tileColumns)
  }
}

/// The planes of A dy A^T for tiles `first` ..< `first + count`, dy being what lies inside the
/// border.
///
/// - Parameters:
///   - padded: All images.
///   - planes: Receives 36 planes, `plane` floats apart.
@inline(never)
func winogradGradient(
  _ padded: UnsafePointer<Float>, _ tiling: WinogradTiling, first: Int, count: Int,
  into planes: UnsafeMutablePointer<Float>, plane: Int
) {
  let (channels, step) = (tiling.channels, tiling.rowStep)
  var cursor = TileCursor(first, tiling.tileRows, tiling.tileColumns)
  for tile in 0..<count {
    let source =
      unsafe padded + cursor.image * tiling.imageStep + (4 * cursor.row + 1) * step
      + (4 * cursor.column + 1) * channels
    let target = unsafe planes + tile * channels
    eachVector(channels) { channel, width in
      let at = unsafe source + channel
      let c0 = unsafe transformGradient(loadFour(at, step, width))
      let c1 = unsafe transformGradient(loadFour(at + channels, step, width))
      let c2 = unsafe transformGradient(loadFour(at + 2 * channels, step, width))
      let c3 = unsafe transformGradient(loadFour(at + 3 * channels, step, width))
      let (to, row) = unsafe (target + channel, 6 * plane)
      unsafe storeSix(transformGradient((c0.0, c1.0, c2.0, c3.0)), to, plane, width)
      unsafe storeSix(transformGradient((c0.1, c1.1, c2.1, c3.1)), to + row, plane, width)
      unsafe storeSix(transformGradient((c0.2, c1.2, c2.2, c3.2)), to + 2 * row, plane, width)
      unsafe storeSix(transformGradient((c0.3, c1.3, c2.3, c3.3)), to + 3 * row, plane, width)
      unsafe storeSix(transformGradient((c0.4, c1.4, c2.4, c3.4)), to + 4 * row, plane, width)
      unsafe storeSix(transformGradient((c0.5, c1.5, c2.5, c3.5)), to + 5 * row, plane, width)
    }
    cursor.advance(tiling.tileRows, tiling.tileColumns)
  }
}

/// Writes or adds outputs A^T m A of tiles, those beyond the image left out.
///
/// - Parameters:
///   - tiling: Of the outputs.
///   - height, width: Of an output image.
///   - output: (images, height, width, channels), without border.
@inline(__always)
private func outputOfPlanes(
  _ planes: UnsafePointer<Float>, plane: Int, _ tiling: WinogradTiling, first: Int, count: Int,
  height: Int, width: Int, into output: UnsafeMutablePointer<Float>, accumulates: Bool
) {
  let channels = tiling.channels
  let step = width * channels
  var cursor = TileCursor(first, tiling.tileRows, tiling.tileColumns)
  for tile in 0..<count {
    let source = unsafe planes + tile * channels
    let rows = smaller(4, height - 4 * cursor.row)
    let columns = smaller(4, width - 4 * cursor.column)
    let target =
      unsafe output + ((cursor.image * height + 4 * cursor.row) * width + 4 * cursor.column)
      * channels
    eachVector(channels) { channel, width in
      let at = unsafe source + channel
      let c0 = unsafe transformProducts(loadSix(at, 6 * plane, width))
      let c1 = unsafe transformProducts(loadSix(at + plane, 6 * plane, width))
      let c2 = unsafe transformProducts(loadSix(at + 2 * plane, 6 * plane, width))
      let c3 = unsafe transformProducts(loadSix(at + 3 * plane, 6 * plane, width))
      let c4 = unsafe transformProducts(loadSix(at + 4 * plane, 6 * plane, width))
      let c5 = unsafe transformProducts(loadSix(at + 5 * plane, 6 * plane, width))
      let to = unsafe target + channel
      unsafe storeOutputs(
        (c0.0, c1.0, c2.0, c3.0, c4.0, c5.0), to, channels, columns, width, accumulates)
      if rows > 1 {
        unsafe storeOutputs(
          (c0.1, c1.1, c2.1, c3.1, c4.1, c5.1), to + step, channels, columns, width, accumulates)
      }
      if rows > 2 {
        unsafe storeOutputs(
          (c0.2, c1.2, c2.2, c3.2, c4.2, c5.2), to + 2 * step, channels, columns, width, accumulates
        )
      }
      if rows > 3 {
        unsafe storeOutputs(
          (c0.3, c1.3, c2.3, c3.3, c4.3, c5.3), to + 3 * step, channels, columns, width, accumulates
        )
      }
    }
    cursor.advance(tiling.tileRows, tiling.tileColumns)
  }
}

/// Writes or adds the first `columns` of four outputs of a row of products.
@inline(__always)
private func storeOutputs(
  _ products: SixLanes, _ row: UnsafeMutablePointer<Float>, _ channels: Int, _ columns: Int,
  _ width: Int, _ accumulates: Bool
) {
  var y = transformProducts(products)
  let (second, third, fourth) = unsafe (row + channels, row + 2 * channels, row + 3 * channels)
  if accumulates {
    unsafe y.0 += loadWide(row, width)
    if columns > 1 { unsafe y.1 += loadWide(second, width) }
    if columns > 2 { unsafe y.2 += loadWide(third, width) }
    if columns > 3 { unsafe y.3 += loadWide(fourth, width) }
  }
  unsafe storeWide(y.0, row, width)
  if columns > 1 { unsafe storeWide(y.1, second, width) }
  if columns > 2 { unsafe storeWide(y.2, third, width) }
  if columns > 3 { unsafe storeWide(y.3, fourth, width) }
}

/// How many floats `convolveWinograd` needs to work in.
func winogradWorkspace(tiles: Int, inputChannels: Int, outputChannels: Int) -> Int {
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
///   - accumulates: Whether outputs are added to what is there.
///   - block: How many tiles are transformed at a time.
///   - workspace: `winogradWorkspace` floats, with any content.
/// - Complexity: O(tiles * 36 * inputChannels * outputChannels).
@inline(never)
func convolveWinograd(
  _ padded: UnsafePointer<Float>, images: Int, _ tiling: WinogradTiling,
  weights: UnsafePointer<Float>, outputChannels: Int, height: Int, width: Int,
  into output: UnsafeMutablePointer<Float>, accumulates: Bool, block: Int,
  workspace: UnsafeMutablePointer<Float>
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
        b: weights + p * weightPlane, panelDepth: channels, columns: outputChannels,
        c: products + p * resultPlane, cColumn: outputChannels, accumulates: false)
    }
    unsafe outputOfPlanes(
      products, plane: resultPlane, results, first: first, count: count, height: height,
      width: width, into: output, accumulates: accumulates)
    first += count
  }
}
