// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Changes of the colours of an image: P pixels of C values from 0 to 1, contiguous. Results are cut
// to [0, 1]. Scalar arithmetic in one order: the same bits on every platform.

/// The value cut to [0, 1].
@inline(__always)
private func clamped(_ value: Float) -> Float { value < 0 ? 0 : (value > 1 ? 1 : value) }

/// The luma of a pixel of red, green and blue (ITU-R BT.601).
@inline(__always)
private func luma(_ pixel: UnsafePointer<Float>) -> Float {
  unsafe 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]
}

/// Multiplies all values by a factor.
@inline(never)
public func changeBrightness(_ values: UnsafeMutablePointer<Float>, count: Int, factor: Float) {
  for i in 0..<count { unsafe values[i] = clamped(values[i] * factor) }
}

/// Moves all values away from the mean luma (of C = 3; otherwise from the mean) by a factor.
@inline(never)
public func changeContrast(
  _ values: UnsafeMutablePointer<Float>, pixels: Int, channels: Int, factor: Float
) {
  let count = pixels * channels
  var total = 0.0
  if channels == 3 {
    for p in 0..<pixels { unsafe total += Double(luma(values + 3 * p)) }
    total /= Double(pixels)
  } else {
    for i in 0..<count { unsafe total += Double(values[i]) }
    total /= Double(count)
  }
  let mean = Float(total)
  for i in 0..<count { unsafe values[i] = clamped(mean + (values[i] - mean) * factor) }
}

/// Moves red, green and blue away from the luma of their pixel by a factor; 0 makes the image grey.
@inline(never)
public func changeSaturation(_ values: UnsafeMutablePointer<Float>, pixels: Int, factor: Float) {
  for p in 0..<pixels {
    let pixel = unsafe values + 3 * p
    let grey = unsafe luma(pixel)
    for c in 0..<3 { unsafe pixel[c] = clamped(grey + (pixel[c] - grey) * factor) }
  }
}

/// Turns the hue of red, green and blue by a part of the full circle, in HSV: the largest and the
/// smallest value of each pixel stay.
///
/// - Parameter turn: In [-0.5, 0.5].
@inline(never)
public func changeHue(_ values: UnsafeMutablePointer<Float>, pixels: Int, turn: Float) {
  for p in 0..<pixels {
    let pixel = unsafe values + 3 * p
    let (r, g, b) = unsafe (pixel[0], pixel[1], pixel[2])
    let largest = r > g ? (r > b ? r : b) : (g > b ? g : b)
    let smallest = r < g ? (r < b ? r : b) : (g < b ? g : b)
    let range = largest - smallest
    guard range > 0 else { continue }
    // The hue in sixths: 0 red, 2 green, 4 blue.
    var hue: Float
    if largest == r {
      hue = (g - b) / range
    } else if largest == g {
      hue = 2 + (b - r) / range
    } else {
      hue = 4 + (r - g) / range
    }
    hue += 6 * turn
    if hue < 0 { hue += 6 }
    if hue >= 6 { hue -= 6 }
    // A value falls from the largest to the smallest between one and two sixths from its own hue.
    for c in 0..<3 {
      var distance = hue - Float(2 * c)
      if distance < 0 { distance = -distance }
      if distance > 3 { distance = 6 - distance }
      unsafe pixel[c] = smallest + range * clamped(2 - distance)
    }
  }
}
