// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension CompiledKernels {
  /// Replaces every negative value by 0: the rectified linear unit.
  ///
  /// - Parameters:
  ///   - input: (count).
  ///   - output: (count); may be `input`.
  @inline(never)
  package func rectify(
    _ input: UnsafePointer<Float>, count: Int, into output: UnsafeMutablePointer<Float>
  ) {
    var i = 0
    while i + 8 <= count {
      let x = unsafe load(input + i)
      unsafe store(x.replacing(with: 0, where: x .< 0), output + i)
      i += 8
    }
    while i < count {
      let x = unsafe input[i]
      unsafe output[i] = x < 0 ? 0 : x
      i += 1
    }
  }

  /// The gradient of `rectify`: 0 where the output is 0, and elsewhere unchanged.
  ///
  /// - Parameters:
  ///   - output: (count), as `rectify` left it.
  ///   - gradient: dy on entry, dx on return; (count).
  @inline(never)
  package func rectifyBackward(
    output: UnsafePointer<Float>, count: Int, gradient: UnsafeMutablePointer<Float>
  ) {
    var i = 0
    while i + 8 <= count {
      let (y, g) = unsafe (load(output + i), load(gradient + i))
      unsafe store(g.replacing(with: 0, where: y .<= 0), gradient + i)
      i += 8
    }
    while i < count {
      if unsafe output[i] <= 0 { unsafe gradient[i] = 0 }
      i += 1
    }
  }
}

/// `rectify` one by one: what it is tested against.
@inline(never)
public func rectifyNaive(
  _ input: UnsafePointer<Float>, count: Int, into output: UnsafeMutablePointer<Float>
) {
  for i in 0..<count { unsafe output[i] = unsafe input[i] < 0 ? 0 : unsafe input[i] }
}
