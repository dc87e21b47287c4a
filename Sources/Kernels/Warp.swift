// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Draws an image through an affine map, with bilinear interpolation; outside the image is 0.
///
/// Pixel (y, x) of the result is the image at u = uOfX x + uOfY y + u0 across and
/// v = vOfX x + vOfY y + v0 down, pixel centres being at whole numbers.
///
/// - Parameters:
///   - image: (height, width, channels), bytes.
///   - scale: What a byte is multiplied by.
///   - result: (height, width, channels).
@inline(never)
public func warp(
  _ image: UnsafePointer<UInt8>, height: Int, width: Int, channels: Int,
  uOfX: Float, uOfY: Float, u0: Float, vOfX: Float, vOfY: Float, v0: Float, scale: Float,
  into result: UnsafeMutablePointer<Float>
) {
  for y in 0..<height {
    for x in 0..<width {
      let u = uOfX * Float(x) + uOfY * Float(y) + u0
      let v = vOfX * Float(x) + vOfY * Float(y) + v0
      let pixel = unsafe result + (y * width + x) * channels
      guard u > -1 && v > -1 && u < Float(width) && v < Float(height) else {
        for c in 0..<channels { unsafe pixel[c] = 0 }
        continue
      }
      // u and v exceed -1, so that truncation after adding 1 rounds down.
      let (left, top) = (Int(u + 1) - 1, Int(v + 1) - 1)
      let (right, bottom) = (u - Float(left), v - Float(top))
      let isInside = left >= 0 && top >= 0 && left + 1 < width && top + 1 < height
      for c in 0..<channels {
        let a, b, d, e: Float
        if isInside {
          let corner = unsafe image + ((top * width + left) * channels + c)
          let below = unsafe corner + width * channels
          (a, b) = unsafe (Float(corner[0]), Float(corner[channels]))
          (d, e) = unsafe (Float(below[0]), Float(below[channels]))
        } else {
          a = unsafe sample(image, height, width, channels, y: top, x: left, c)
          b = unsafe sample(image, height, width, channels, y: top, x: left + 1, c)
          d = unsafe sample(image, height, width, channels, y: top + 1, x: left, c)
          e = unsafe sample(image, height, width, channels, y: top + 1, x: left + 1, c)
        }
        let upper = a + (b - a) * right
        let lower = d + (e - d) * right
        unsafe pixel[c] = (upper + (lower - upper) * bottom) * scale
      }
    }
  }
}

/// A byte of the image, 0 outside.
@inline(__always)
private func sample(
  _ image: UnsafePointer<UInt8>, _ height: Int, _ width: Int, _ channels: Int,
  y: Int, x: Int, _ channel: Int
) -> Float {
  guard y >= 0 && x >= 0 && y < height && x < width else { return 0 }
  return unsafe Float(image[(y * width + x) * channels + channel])
}

/// Multiplies by a contrast and adds noise: value = value * contrast + deviation * e, e the sum of
/// four uniform numbers of 16 bits, shifted and scaled to mean 0 and variance 1.
///
/// The sum of four uniforms is close to normal in the middle and bounded by 3.47 deviations; it
/// needs no transcendental function, so that it has the same bits everywhere. The generator is
/// SplitMix64, one step a value.
///
/// - Parameters:
///   - values: (count); updated.
///   - state: State of the generator before the first step.
@inline(never)
public func addNoise(
  _ values: UnsafeMutablePointer<Float>, count: Int, contrast: Float, deviation: Float,
  state: UInt64
) {
  // A uniform number of 16 bits has variance (2^32 - 1) / 12; four have variance (2^32 - 1) / 3.
  let unit = deviation * 2.642_899_8e-5
  var state = state
  for i in 0..<count {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z &>> 31
    let total = (z & 0xFFFF) &+ (z &>> 16 & 0xFFFF) &+ (z &>> 32 & 0xFFFF) &+ (z &>> 48)
    // The mean of the sum is 4 * 65535 / 2.
    let centred = Float(Int32(truncatingIfNeeded: total) &- 131_070)
    unsafe values[i] = values[i] * contrast + centred * unit
  }
}
