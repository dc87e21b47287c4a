// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@testable import Training

/// The largest difference between a gradient and central differences of a function.
///
/// - Parameters:
///   - variables: Where the function is differentiated; as they were on return.
///   - gradient: What is checked, one element for each variable.
///   - step: Distance to either side.
///   - function: The function at the present variables.
/// - Returns: The largest |gradient - difference| / (1 + |difference|).
func largestGradientError(
  _ variables: FloatVector, gradient: FloatVector, step: Float = 0.0078125,
  function: () -> Double
) -> Double {
  precondition(variables.count == gradient.count)
  return (0..<variables.count).map { index in
    let value = variables[index]
    let (above, below) = (value + step, value - step)
    variables[index] = above
    let upper = function()
    variables[index] = below
    let lower = function()
    variables[index] = value
    // The distance between the two floats, which is not exactly twice the step.
    let difference = (upper - lower) / (Double(above) - Double(below))
    return abs(Double(gradient[index]) - difference) / (1 + abs(difference))
  }.max() ?? 0
}

/// Checks the gradients of a layer with respect to input and parameters, for a random linear
/// function of the output.
///
/// - Returns: The largest relative error.
func largestGradientError(
  of layer: any Layer, input: Matrix, parameters: FloatVector, random: inout RandomNumbers,
  engine: Engine
) -> Double {
  let rows = input.rows
  let (output, given) = (
    Matrix(rows: rows, columns: layer.outputWidth), random.matrix(rows, layer.outputWidth)
  )
  let memory = LayerMemory(
    parameters: parameters, state: FloatVector(count: layer.stateCount),
    saved: FloatVector(count: layer.savedCount(rows: rows)))
  func value() -> Double {
    layer.forward(
      input, into: output, memory: memory, mode: .training(updatesState: false), engine: engine)
    return zip(output.elements.elements, given.elements.elements)
      .reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  _ = value()
  let gradient = Matrix(rows: rows, columns: layer.outputWidth)
  gradient.elements.copy(given.elements)
  let inputGradient =
    layer.worksInPlace ? gradient : Matrix(rows: rows, columns: layer.inputWidth)
  // Gradients of parameters are added to what is there.
  let parameterGradients = FloatVector(count: layer.parameterCount)
  parameterGradients.fill(0.5)
  layer.backward(
    input: input, output: output, gradient: gradient, into: inputGradient, memory: memory,
    parameterGradients: parameterGradients, engine: engine)
  for index in 0..<parameterGradients.count { parameterGradients[index] -= 0.5 }
  return max(
    largestGradientError(input.elements, gradient: inputGradient.elements, function: value),
    largestGradientError(parameters, gradient: parameterGradients, function: value))
}
