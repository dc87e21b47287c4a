// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct FloatVectorTests {
  @Test func `a new vector is zero, aligned, and parts share its memory`() {
    let vector = FloatVector(count: 10)
    #expect(vector.elements == [Float](repeating: 0, count: 10))
    #expect(unsafe UInt(bitPattern: vector.pointer) % 64 == 0)
    let part = vector[3..<6]
    part.fill(2)
    part[1] = 5
    #expect(vector.elements == [0, 0, 0, 2, 5, 2, 0, 0, 0, 0])
    #expect(part[1..<3].elements == [5, 2])
  }

  @Test func `a copy of elements does not share memory`() {
    let (a, b) = (FloatVector([1, 2]), FloatVector(count: 2))
    b.copy(a)
    a[0] = 9
    #expect(b.elements == [1, 2])
  }

  @Test func `elements outside a vector cannot be reached`() async {
    await #expect(processExitsWith: .failure) { _ = FloatVector(count: 2)[2] }
    await #expect(processExitsWith: .failure) { _ = FloatVector(count: 2)[1..<3] }
  }
}
