import ArgumentParser
import MonotoneArithmetic
import MDPGuarantees
import MDPFalsification
import MDPCore
import MonotoneFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One claim in place of all.
struct ClaimOptions: ParsableArguments {
  @Option(help: "Check only this claim: an identifier or an inequality.")
  var claim: String?

  @Option(help: "Check only this known false variant of a claim.")
  var variant: String?

  @Option(help: "Value of a parameter of --claim, as NAME=VALUE; may be repeated.")
  var parameter: [String] = []

  func validate() throws {
    guard claim == nil || variant == nil else {
      throw ValidationError("give either --claim or --variant")
    }
    guard claim != nil || parameter.isEmpty else {
      throw ValidationError("--parameter is for the parameters of --claim")
    }
    _ = try ClaimParameters.values(parameter)
  }

  /// The claim that was asked for; nil for all of the theory.
  func selected() throws -> (any Claim)? {
    if let variant {
      if let known = FalseVariantCatalogue.variant(variant) { return known }
      throw Self.unknown("--variant", variant, among: FalseVariantCatalogue.all.map(\.id))
    }
    guard let claim else { return nil }
    if let known = ClaimCatalogue.claim(claim) { return known }
    guard claim.contains(where: { "<>=".contains($0) }) else {
      throw Self.unknown(
        "--claim", claim, among: ClaimCatalogue.all.map(\.id), " or an inequality")
    }
    let values = try ClaimParameters.values(parameter)
    let expression = try ClaimParameters.expression(claim, values)
    return StatedClaim(expression, parameters: values)
  }

  private static func unknown(
    _ option: String, _ text: String, among known: [String], _ more: String = ""
  ) -> CommandFailure {
    CommandFailure(
      "\(option): unknown \"\(text)\"; expected one of \(known.joined(separator: ", "))\(more)"
        + NearestName.hint(text, among: known), .usage)
  }
}

/// The parameters of claims that are given as texts.
enum ClaimParameters {
  /// The values of arguments of the form NAME=VALUE.
  static func values(_ arguments: [String]) throws -> [String: ExactNumber] {
    var values: [String: ExactNumber] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map(\.trimmed)
      guard parts.count == 2, let number = try? ExactNumber(parsing: parts[1]) else {
        throw ValidationError("--parameter has the form NAME=VALUE, not \(argument)")
      }
      guard values.updateValue(number, forKey: parts[0]) == nil else {
        throw ValidationError("--parameter gives \(parts[0]) two values")
      }
    }
    return values
  }

  /// The claim of a text, refused where it says nothing of any update.
  ///
  /// - Parameter free: A parameter whose value is not fixed.
  static func expression(
    _ text: String, _ values: [String: ExactNumber], free: String? = nil
  ) throws -> ClaimExpression {
    do throws(ClaimExpressionError) {
      let names = Set(values.keys).union(free.map { [$0] } ?? [])
      let expression = try ClaimExpression(text, parameters: names)
      try expression.requireValue(values.filter { $0.key != free })
      return expression
    } catch {
      throw CommandFailure("--claim: \(error)", .usage)
    }
  }
}
