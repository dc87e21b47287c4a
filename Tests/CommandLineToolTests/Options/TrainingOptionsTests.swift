// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing
import Training

@testable import CommandLineTool

@Suite struct TrainingOptionsTests {
  private func configurations(
    _ line: String, data: TrainingDataOption = .digits
  ) throws(UsageError) -> [TrainingConfiguration] {
    let words = line.split(separator: " ").map(String.init)
    let arguments = try parse(words, by: specification(TrainingOptions.specifications))
    return try TrainingOptions(arguments, data: data).configurations
  }

  @Test func `without options the defaults of the data apply`() throws {
    let found = try configurations("")
    #expect(found.count == 18)
    #expect(found.map(\.draws).prefix(4) == [16, 16, 16, 32])
    #expect(found.map(\.seed).prefix(4) == [7, 11, 13, 7])
    #expect(found[0].temperature == 0.5 && found[0].loss == .infoNCE && found[0].chunk == nil)
    #expect(found[0].sampling == .withoutReplacement && found[0].passes == nil)
    #expect(found[0].shape == EncoderShape(backbone: [256], head: [256, 64]))
  }

  @Test(arguments: ResidualBackbone.allCases)
  func `a residual network is asked for by its name`(residual: ResidualBackbone) throws {
    let found = try configurations("--draws 8 --seeds 1 --encoder \(residual.rawValue)")
    #expect(found.map(\.shape) == [EncoderShape(residual: residual)])
  }

  @Test func `every option reaches the configuration`() throws {
    let found = try configurations(
      "--draws 8,9 --seeds 1 --epochs 3 --encoder mlp:5-4 --loss nt-xent --temperature 0.1 "
        + "--optimizer adam --learning-rate 0.01 --weight-decay 0 --warm-up 2 --chunk 4 "
        + "--with-replacement --passes 5 --views 6")
    #expect(found.map(\.draws) == [8, 9])
    let last = found[1]
    #expect(
      last.seed == 1 && last.epochs == 3 && last.shape == EncoderShape(backbone: [5], head: [4]))
    #expect(last.loss == .ntXent && last.temperature == 0.1 && last.optimizer == .adam)
    #expect(last.learningRate == 0.01 && last.weightDecay == 0 && last.warmUpEpochs == 2)
    #expect(last.chunk == 4 && last.sampling == .withReplacement)
    #expect(last.passes == 5 && last.views == 6)
  }

  @Test func `temperatures are encoders, and measured draws are rows of each`() throws {
    let found = try configurations(
      "--draws 64 --seeds 7,11 --temperature 0.1,0.5 --with-replacement --measured-draws 2..8:*2,9")
    #expect(found.map(\.temperature) == [0.1, 0.1, 0.5, 0.5])
    #expect(found.map(\.seed) == [7, 11, 7, 11] && found.allSatisfy { $0.draws == 64 })
    #expect(found.allSatisfy { $0.measuredDraws == [2, 4, 8, 9] })
    #expect(throws: UsageError.self) { _ = try configurations("--draws 64 --measured-draws 8") }
  }

  @Test func `momentum contrast has a batch and a momentum of its own, which others refuse`() throws
  {
    let found = try configurations(
      "--loss moco --draws 65537 --seeds 1 --batch 128 --momentum 0.5 --with-replacement")[0]
    #expect(found.draws == 65_537 && found.batchSize == 128 && found.loss == .infoNCE)
    #expect(found.momentumContrast?.momentum == 0.5)
    let plain = try configurations("--loss moco --draws 9 --seeds 1")[0]
    #expect(plain.momentumContrast == MomentumContrast() && plain.batchSize == 256)
    for words in [
      "--batch 128", "--momentum 0.9", "--loss moco --batch 0", "--loss moco --momentum 1",
    ] {
      #expect(throws: UsageError.self) { _ = try configurations(words) }
    }
  }

  @Test func `options of texts reach the configuration, and are refused for images`() throws {
    let line = "--draws 256 --seeds 1 --erase 0.25 --replace 0.125 --encoder bag:9x8+4"
    let found = try configurations(line, data: .agNews(files: ["a"]))[0]
    #expect(found.augmentation.words.erasure == 0.25)
    #expect(found.augmentation.words.replacement == 0.125)
    #expect(found.shape == EncoderShape("bag:9x8+4") && found.peakLearningRate == 2.05)
    #expect(throws: UsageError.self) { _ = try configurations("--encoder bag:9x8+4") }
    #expect(throws: UsageError.self) {
      _ = try configurations("--encoder mlp:4", data: .agNews(files: ["a"]))
    }
    for words in ["--erase 1", "--erase=-1", "--replace 1.1"] {
      #expect(throws: UsageError.self) {
        _ = try configurations(words, data: .agNews(files: ["a"]))
      }
    }
  }

  @Test(arguments: [
    ("--erase 0.1", "--erase <probability>"), ("--replace 0.1", "--replace <probability>"),
    ("--draws 1", "--draws <list>"), ("--draws 8,8", "--draws <list>"),
    ("--draws 2..200000", "--draws <list>"), ("--draws 2..100000", "--draws <list>"),
    ("--seeds x", "--seeds <list>"), ("--seeds 7,7", "--seeds <list>"),
    ("--epochs 0", "--epochs <epochs>"), ("--encoder mlp:0", "--encoder <encoder>"),
    ("--loss hinge", "--loss <loss>"), ("--temperature 0", "--temperature <list>"),
    ("--temperature 0.5,0.50", "--temperature <list>"),
    ("--draws 8,9 --with-replacement --measured-draws 4", "--measured-draws <list>"),
    ("--draws 8 --with-replacement --measured-draws 1", "--measured-draws <list>"),
    ("--draws 8 --with-replacement --measured-draws 1000000002", "--measured-draws <list>"),
    ("--temperature nan", "--temperature <list>"),
    ("--temperature 0x1p-1", "--temperature <list>"),
    ("--learning-rate=-1", "--learning-rate <rate>"),
    ("--weight-decay inf", "--weight-decay <decay>"),
    ("--epochs 3 --warm-up 3", "--warm-up <epochs>"), ("--chunk 0", "--chunk <images>"),
    ("--passes 0", "--passes <count>"), ("--views 0", "--views <count>"),
  ])
  func `a value that means nothing is refused with its option`(line: String, option: String) {
    do throws(UsageError) {
      _ = try configurations(line)
      Issue.record("accepted")
    } catch {
      #expect(error.message.contains("is invalid for '\(option)'"), "\(error.message)")
    }
  }
}
