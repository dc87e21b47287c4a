// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CompiledKernels {
  /// y = max(0, (x - mean) scale + offset + s) for every pixel: a batch normalisation, the addition
  /// of a shortcut and a rectifier.
  ///
  /// - Parameters:
  ///   - input: x, (count, channels).
  ///   - map: (3, channels): means, scales and offsets.
  ///   - shortcut: (count, channels), or nil for 0.
  ///   - shortcutMap: Applied to the shortcut, or nil: s is the shortcut itself.
  ///   - output: y, (count, channels).
  @inline(never)
  package func rectifySum(
    _ input: UnsafePointer<Float>, map: UnsafePointer<Float>, shortcut: UnsafePointer<Float>?,
    shortcutMap: UnsafePointer<Float>?, count: Int, channels: Int,
    into output: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<count {
      let at = i * channels
      var j = 0
      while j + 8 <= channels {
        var y = unsafe mapped(input + at, map, j, channels)
        if let shortcut = unsafe shortcut {
          if let shortcutMap = unsafe shortcutMap {
            unsafe y += mapped(shortcut + at, shortcutMap, j, channels)
          } else {
            unsafe y += load(shortcut + (at + j))
          }
        }
        unsafe store(y.replacing(with: 0, where: y .< 0), output + (at + j))
        j += 8
      }
      while j < channels {
        var y = unsafe mappedSingle(input + at, map, j, channels)
        if let shortcut = unsafe shortcut {
          if let shortcutMap = unsafe shortcutMap {
            unsafe y += mappedSingle(shortcut + at, shortcutMap, j, channels)
          } else {
            unsafe y += shortcut[at + j]
          }
        }
        unsafe output[at + j] = y < 0 ? 0 : y
        j += 1
      }
    }
  }
}

@inline(__always)
private func mapped(
  _ pixel: UnsafePointer<Float>, _ map: UnsafePointer<Float>, _ j: Int, _ channels: Int
) -> Lanes {
  let deviation = unsafe load(pixel + j) - load(map + j)
  return unsafe multiplyAdd(
    deviation, load(map + (channels + j)), load(map + (2 * channels + j)))
}

@inline(__always)
private func mappedSingle(
  _ pixel: UnsafePointer<Float>, _ map: UnsafePointer<Float>, _ j: Int, _ channels: Int
) -> Float {
  unsafe (pixel[j] - map[j]) * map[channels + j] + map[2 * channels + j]
}

extension CompiledKernels {
  /// Adds the elements of `other` to those of `sum`.
  ///
  /// - Parameters:
  ///   - sum, other: (count).
  @inline(never)
  package func addElements(
    _ other: UnsafePointer<Float>, count: Int, to sum: UnsafeMutablePointer<Float>
  ) {
    var i = 0
    while i + 8 <= count {
      unsafe store(load(sum + i) + load(other + i), sum + i)
      i += 8
    }
    while i < count {
      unsafe sum[i] += other[i]
      i += 1
    }
  }
}
