// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The state of a run after some epochs: all that later steps depend on.
///
/// The content of its file, numbers little-endian: the number of complete epochs in 64 bits, and six
/// times a length of 64 bits and as many floats of 32 bits (parameters, running statistics, moments;
/// of the following encoder of momentum contrast parameters and running statistics, and the queue).
struct Checkpoint: Equatable {
  /// How many epochs are complete.
  var epoch: Int
  var parameters: [Float]
  var state: [Float]
  var moments: [Float]
  /// Of the following encoder of momentum contrast; empty without one.
  var keyParameters: [Float] = []
  var keyState: [Float] = []
  var queue: [Float] = []

  init(epoch: Int, parameters: [Float], state: [Float], moments: [Float]) {
    self.epoch = epoch
    self.parameters = parameters
    self.state = state
    self.moments = moments
  }

  /// The present state of a run.
  init(_ trainer: Trainer) {
    self.init(
      epoch: trainer.epoch, parameters: trainer.encoder.parameters.elements,
      state: trainer.encoder.state.elements, moments: trainer.optimizer.moments.elements)
    if let momentum = trainer.momentumGradient {
      keyParameters = momentum.keyEncoder.parameters.elements
      keyState = momentum.keyEncoder.state.elements
      queue = momentum.queue.elements.elements
    }
  }

  /// Puts a run that has just begun into this state.
  ///
  /// - Throws: `DataError` if this cannot be a state of the run, whoever wrote it: lists of other
  ///   lengths, more epochs than it has, or numbers that are none.
  func restore(_ trainer: Trainer, source: String) throws(DataError) {
    let now = Checkpoint(trainer)
    guard (0...trainer.configuration.epochs).contains(epoch) else {
      throw DataError(
        source: source,
        problem: "it was written at epoch \(epoch), but the run has "
          + "\(trainer.configuration.epochs)")
    }
    for (list, other) in zip(lists, now.lists) {
      guard list.count == other.count, list.allSatisfy(\.isFinite) else {
        throw DataError(source: source, problem: "it holds no state of this encoder")
      }
    }
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

  /// All numbers of the state, in the order of the file.
  private var lists: [[Float]] { [parameters, state, moments, keyParameters, keyState, queue] }

  // MARK: - Bytes

  /// The content of the checkpoint's file.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(word: UInt64(epoch))
    for list in lists {
      bytes.append(word: UInt64(list.count))
      bytes.reserveCapacity(bytes.count + 4 * list.count + 8)
      for value in list {
        let pattern = value.bitPattern
        for shift in stride(from: 0, to: 32, by: 8) {
          bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
        }
      }
    }
    return bytes
  }

  /// Reads the content of a file.
  ///
  /// - Throws: `DataError` if it is damaged.
  init(_ bytes: [UInt8], source: String) throws(DataError) {
    let damaged = DataError(source: source, problem: "the checkpoint is damaged")
    var rest = bytes[...]
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
}
