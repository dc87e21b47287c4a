// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Copies of images with a border of zeros, and what else is done to each value on the way. A map of
// channels is (3, channels): means, scales and offsets, y = max(0, (x - mean) scale + offset).

/// Copies an image, or some of its pixels, into the middle of zeros.
///
/// - Parameters:
///   - image: (height, width, channels).
///   - sampling: Of this many rows, and of this many columns, the first is copied.
///   - map: (3, channels), applied and rectified, or nil for a plain copy.
///   - padded: (rows, columns, channels); the image begins at row and column `border`.
@inline(__always)
func padImage(
  _ image: UnsafePointer<Float>, height: Int, width: Int, channels: Int, sampling: Int = 1,
  map: UnsafePointer<Float>?, border: Int, into padded: UnsafeMutablePointer<Float>, rows: Int,
  columns: Int
) {
  let step = columns * channels
  let count = (width + sampling - 1) / sampling
  let start = border * channels
  let end = start + count * channels
  for row in 0..<rows {
    let target = unsafe padded + row * step
    let y = (row - border) * sampling
    if y < 0 || y >= height {
      unsafe target.update(repeating: 0, count: step)
      continue
    }
    let source = unsafe image + y * width * channels
    unsafe target.update(repeating: 0, count: start)
    if unsafe map == nil && sampling == 1 {
      unsafe (target + start).update(from: source, count: count * channels)
    } else {
      for x in 0..<count {
        let (pixel, result) = unsafe (
          source + x * sampling * channels, target + (start + x * channels)
        )
        if let map = unsafe map {
          unsafe mapPixel(pixel, channels: channels, map: map, into: result)
        } else {
          unsafe result.update(from: pixel, count: channels)
        }
      }
    }
    unsafe (target + end).update(repeating: 0, count: step - end)
  }
}

/// Applies a map to one pixel.
@inline(__always)
private func mapPixel(
  _ pixel: UnsafePointer<Float>, channels: Int, map: UnsafePointer<Float>,
  into result: UnsafeMutablePointer<Float>
) {
  let scales = unsafe map + channels
  let offsets = unsafe scales + channels
  var j = 0
  while j + 8 <= channels {
    let deviation = unsafe load(pixel + j) - load(map + j)
    let y = unsafe multiplyAdd(deviation, load(scales + j), load(offsets + j))
    unsafe store(y.replacing(with: 0, where: y .< 0), result + j)
    j += 8
  }
  while j < channels {
    let y = unsafe (pixel[j] - map[j]) * scales[j] + offsets[j]
    unsafe result[j] = y < 0 ? 0 : y
    j += 1
  }
}

/// Writes the gradient with respect to what a batch normalisation was given into the middle of
/// zeros: factor (dy - level - (x - mean) slope).
///
/// - Parameters:
///   - gradient: dy, (height, width, channels).
///   - input: x, the same shape.
///   - map: (4, channels): means, factors, slopes and levels; nil for dy itself.
///   - padded: As in `padImage`.
@inline(__always)
func padGradient(
  _ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, height: Int, width: Int,
  channels: Int, map: UnsafePointer<Float>?, border: Int,
  into padded: UnsafeMutablePointer<Float>, rows: Int, columns: Int
) {
  guard let map = unsafe map else {
    unsafe padImage(
      gradient, height: height, width: width, channels: channels, map: nil, border: border,
      into: padded, rows: rows, columns: columns)
    return
  }
  let (length, step) = (width * channels, columns * channels)
  let factors = unsafe map + channels
  let slopes = unsafe factors + channels
  let levels = unsafe slopes + channels
  for row in 0..<rows {
    let target = unsafe padded + row * step
    let y = row - border
    if y < 0 || y >= height {
      unsafe target.update(repeating: 0, count: step)
      continue
    }
    let start = border * channels
    unsafe target.update(repeating: 0, count: start)
    for x in 0..<width {
      let at = y * length + x * channels
      let result = unsafe target + (start + x * channels)
      var j = 0
      while j + 8 <= channels {
        let deviation = unsafe load(input + (at + j)) - load(map + j)
        let rest = unsafe load(gradient + (at + j)) - load(levels + j)
        unsafe store((rest - deviation * load(slopes + j)) * load(factors + j), result + j)
        j += 8
      }
      while j < channels {
        let deviation = unsafe input[at + j] - map[j]
        let rest = unsafe gradient[at + j] - levels[j] - deviation * slopes[j]
        unsafe result[j] = rest * factors[j]
        j += 1
      }
    }
    unsafe (target + (start + length)).update(repeating: 0, count: step - start - length)
  }
}
