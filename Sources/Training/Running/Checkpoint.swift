// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The state of a run after some epochs, as bytes: all that later steps depend on.
///
/// Layout, numbers little-endian: the word `UPSILON2`, the fingerprint of the run as a length of 64
/// bits and UTF-8, the number of complete epochs, six times a length and as many floats of 32 bits
/// (parameters, running statistics, moments; of the following encoder of momentum contrast
/// parameters and running statistics, and the queue), and a checksum (FNV-1a) of all before it.
struct Checkpoint: Equatable {
  /// What the run is a function of: data, configuration and instruction set.
  var fingerprint: String
  /// How many epochs are complete.
  var epoch: Int
  var parameters: [Float]
  var state: [Float]
  var moments: [Float]
  /// Of the following encoder of momentum contrast; empty without one.
  var keyParameters: [Float] = []
  var keyState: [Float] = []
  var queue: [Float] = []

  private static let magic = Array("UPSILON2".utf8)

  init(fingerprint: String, epoch: Int, parameters: [Float], state: [Float], moments: [Float]) {
    self.fingerprint = fingerprint
    self.epoch = epoch
    self.parameters = parameters
    self.state = state
    self.moments = moments
  }

  /// The present state of a run.
  init(_ trainer: Trainer, fingerprint: String) {
    self.init(
      fingerprint: fingerprint, epoch: trainer.epoch,
      parameters: trainer.encoder.parameters.elements, state: trainer.encoder.state.elements,
      moments: trainer.optimizer.moments.elements)
    if let momentum = trainer.momentumGradient {
      keyParameters = momentum.keyEncoder.parameters.elements
      keyState = momentum.keyEncoder.state.elements
      queue = momentum.queue.elements.elements
    }
  }

  /// Puts a run that has just begun into this state.
  ///
  /// - Precondition: The fingerprint is that of the run, so that all sizes agree.
  func restore(_ trainer: Trainer) {
    trainer.encoder.parameters.copy(FloatVector(parameters))
    trainer.encoder.state.copy(FloatVector(state))
    trainer.optimizer.moments.copy(FloatVector(moments))
    if let momentum = trainer.momentumGradient {
      momentum.keyEncoder.parameters.copy(FloatVector(keyParameters))
      momentum.keyEncoder.state.copy(FloatVector(keyState))
      momentum.queue.elements.copy(FloatVector(queue))
    }
    trainer.resume(epoch: epoch)
  }

  // MARK: - Bytes

  /// The checkpoint as a file.
  var bytes: [UInt8] {
    var bytes = Self.magic
    let text = Array(fingerprint.utf8)
    bytes.append(word: UInt64(text.count))
    bytes += text
    bytes.append(word: UInt64(epoch))
    for list in [parameters, state, moments, keyParameters, keyState, queue] {
      bytes.append(word: UInt64(list.count))
      bytes.reserveCapacity(bytes.count + 4 * list.count + 8)
      for value in list {
        let pattern = value.bitPattern
        for shift in stride(from: 0, to: 32, by: 8) {
          bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
        }
      }
    }
    bytes.append(word: Self.checksum(bytes[...]))
    return bytes
  }

  /// Reads a file.
  ///
  /// - Throws: `DataError` if it is not a checkpoint, or damaged.
  init(_ bytes: [UInt8], source: String) throws(DataError) {
    let damaged = DataError(source: source, problem: "the checkpoint is damaged")
    guard bytes.starts(with: Self.magic), bytes.count >= 16 else {
      throw DataError(source: source, problem: "this is not a checkpoint of this version")
    }
    var end = bytes[(bytes.count - 8)...]
    let content = bytes[..<(bytes.count - 8)]
    guard end.popWord() == Self.checksum(content) else { throw damaged }
    var rest = content.dropFirst(Self.magic.count)
    guard let length = rest.popWord(), length <= rest.count else { throw damaged }
    fingerprint = String(decoding: rest.prefix(Int(length)), as: UTF8.self)
    rest = rest.dropFirst(Int(length))
    guard let epoch = rest.popWord(), let number = Int(exactly: epoch) else { throw damaged }
    self.epoch = number
    var lists: [[Float]] = []
    for _ in 0..<6 {
      guard let count = rest.popWord(), count <= rest.count / 4 else { throw damaged }
      lists.append(
        (0..<Int(count)).map { index in
          let start = rest.startIndex + 4 * index
          let bytes = rest[start..<start + 4].reversed()
          return Float(bitPattern: bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        })
      rest = rest.dropFirst(4 * Int(count))
    }
    guard rest.isEmpty else { throw damaged }
    (parameters, state, moments) = (lists[0], lists[1], lists[2])
    (keyParameters, keyState, queue) = (lists[3], lists[4], lists[5])
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(into: FNV1a()) { $0.add($1) }.value
  }
}

extension [UInt8] {
  /// Appends 64 bits, the lowest byte first.
  fileprivate mutating func append(word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: word >> shift)) }
  }
}

extension ArraySlice<UInt8> {
  /// Takes 64 bits from the front, the lowest byte first; nil if there are fewer.
  fileprivate mutating func popWord() -> UInt64? {
    guard count >= 8 else { return nil }
    let word = prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    removeFirst(8)
    return word
  }
}
