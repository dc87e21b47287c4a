// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension BuiltInLaw {
  /// All built-in laws, in the order in which tables list them.
  public static let all: [BuiltInLaw] = [
    BuiltInLaw(
      name: "binary",
      source: "two equally likely classes, not a data set",
      sizes: .uniform(classCount: 2)),
    BuiltInLaw(
      name: "ag-news",
      source: "Zhang, Zhao and LeCun, Character-level Convolutional Networks for Text "
        + "Classification, NeurIPS 2015",
      sizes: .balanced(classCount: 4, itemsPerClass: 30_000)),
    BuiltInLaw(
      name: "cifar-10",
      source: krizhevsky,
      sizes: .balanced(classCount: 10, itemsPerClass: 5_000)),
    BuiltInLaw(
      name: "cifar-100",
      source: krizhevsky,
      sizes: .balanced(classCount: 100, itemsPerClass: 500)),
    BuiltInLaw(
      name: "wiki-3029",
      source: "Arora et al., A Theoretical Analysis of Contrastive Unsupervised Representation "
        + "Learning, ICML 2019, after WikiText-103 of Merity et al., Pointer Sentinel Mixture "
        + "Models, ICLR 2017",
      sizes: .balanced(classCount: 3_029, itemsPerClass: 200)),
    BuiltInLaw(
      name: "imagenet-1k",
      source: "Russakovsky et al., ImageNet Large Scale Visual Recognition Challenge, IJCV 2015",
      sizes: .tabulated),
    BuiltInLaw(name: "imagenet-lt", source: liu, sizes: .tabulated),
    BuiltInLaw(name: "places-lt", source: liu, sizes: .tabulated),
    BuiltInLaw(
      name: "inaturalist-2018",
      source: "Van Horn et al., The iNaturalist Species Classification and Detection Dataset, "
        + "CVPR 2018",
      sizes: .tabulated),
    BuiltInLaw(name: "cifar-10-lt-100", source: cui, sizes: .tabulated),
    BuiltInLaw(name: "cifar-100-lt-100", source: cui, sizes: .tabulated),
    BuiltInLaw(
      name: "banking77",
      source: "Casanueva et al., Efficient Intent Detection with Dual Sentence Encoders, "
        + "NLP4ConvAI 2020",
      sizes: .tabulated),
    BuiltInLaw(
      name: "mnist",
      source: "LeCun, Bottou, Bengio and Haffner, Gradient-Based Learning Applied to Document "
        + "Recognition, Proceedings of the IEEE 1998",
      sizes: .tabulated),
    BuiltInLaw(
      name: "digits",
      source: "Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI Machine "
        + "Learning Repository 1998, test part, CC BY 4.0",
      sizes: .tabulated),
  ]

  private static let krizhevsky =
    "Krizhevsky, Learning Multiple Layers of Features from Tiny Images, University of Toronto 2009"

  private static let liu =
    "Liu et al., Large-Scale Long-Tailed Recognition in an Open World, CVPR 2019"

  private static let cui =
    "Cui et al., Class-Balanced Loss Based on Effective Number of Samples, CVPR 2019, "
    + "imbalance factor 100"
}
