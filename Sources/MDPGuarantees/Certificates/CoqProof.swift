public import MonotoneArithmetic
internal import MDPCore

/// The verdicts on an update as theorems for Coq (`check --coq`).
///
/// The text imports the checker of `Proofs/Checker`, states the model, both policies and the
/// certificate as data, and has Coq's kernel compute that the checker accepts them. From that follow,
/// by theorems about the checker, theorems about this model and update: its returns, whether it is an
/// improvement, whether that was guaranteed, and the bound of Algorithm 1 with its number. With one
/// number changed, Coq refuses the file.
///
/// Numbers are exact. States and actions appear by number, in the order of the model.
public struct CoqProof: Sendable {
  /// The certificate that the theorems are about.
  public let certificate: Certificate
  /// The contents of the file.
  public let text: String

  /// The file about an exactly evaluated update.
  ///
  /// - Throws: ``CertificateFailure`` where no precision within the limit is enough.
  public init(_ update: PolicyUpdate<Rational>) throws(CertificateFailure) {
    certificate = try Certificate(update)
    let model = CoqModel(update.mdp)
    text = """
      (** What monotone check --coq found about an update of \(CoqText.comment(update.mdp.name)).

          States and actions are numbered from 0 in the order of the model. To check this file:

              coqc -Q Proofs Monotone FILE.v *)

      From Coq Require Import ZArith QArith Reals.
      From mathcomp Require Import all_ssreflect all_algebra.
      From mathcomp.analysis Require Import Rstruct constructive_ereal.
      From Monotone Require Import Model Evaluation Surrogate Divergences.PolicyDivergence.
      From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Instance Checker.Quantities.
      From Monotone Require Import Checker.Claims Checker.Certificate Checker.Truth Checker.Report.
      Import Order.TTheory GRing.Theory Num.Theory.
      Local Open Scope ring_scope.

      (** Actions, discount, start distribution; by state and action r(s,a) and P(.|s,a), or None. *)
      Definition model : instance := Instance \(update.mdp.space.actions.count)
        \(CoqText.number(update.mdp.discount))
        \(CoqText.vector(update.mdp.initial))
        \(model.rows).

      Definition current : matrix := \(model.matrix(update.current.policy)).

      Definition candidate : matrix := \(model.matrix(update.candidate.policy)).

      \(CoqCertificate(certificate, states: update.mdp.space.states).text)

      (** The computation *)
      Lemma accepts : accepted [:: Zpos 128; Zpos 256; Zpos 1024; Zpos 4096] model current candidate stated_certificate.
      Proof. by vm_compute. Qed.

      Section Update.
      Variables (M : mdp [realFieldType of R] [finType of 'I_(states model)] [finType of 'I_(actions model)]).
      Variables (current_policy candidate_policy : policy M).
      Hypotheses (MP : describes M).
      Hypotheses (currentP : describes_policy current current_policy).
      Hypotheses (candidateP : describes_policy candidate candidate_policy).
      Notation old := current_policy.
      Notation new := candidate_policy.
      (** The constants that mean-kl tries *)
      Notation tried := (tried_constants model current candidate stated_certificate).

      \(Self.theorems(certificate))

      End Update.

      """
  }

  /// The findings, in words of the theory.
  private static func theorems(_ certificate: Certificate) -> String {
    var theorems = [
      """
      (** Every number and verdict of the certificate *)
      Theorem everything : certificate_true old new tried stated_certificate.
      Proof. exact: (report accepts MP currentP candidateP). Qed.
      """
    ]
    for (name, key, policy, lemma) in [
      ("return_of_current", "returnCurrent", "old", "report_return"),
      ("return_of_candidate", "returnCandidate", "new", "report_new_return"),
    ] {
      guard case .exact(let value)? = certificate.quantities[key] else { continue }
      theorems.append(
        """
        Theorem \(name) : expected_return \(policy) = Q2R \(CoqText.number(value)).
        Proof. exact: (\(lemma) accepts MP currentP candidateP erefl). Qed.
        """)
    }
    theorems.append(
      certificate.improved == .holds
        ? """
        Theorem improved : expected_return old <= expected_return new.
        Proof. exact: (report_improved accepts MP currentP candidateP erefl). Qed.
        """
        : """
        Theorem harmful : expected_return new < expected_return old.
        Proof. exact: (report_harmful accepts MP currentP candidateP erefl). Qed.
        """)
    theorems.append(
      certificate.guaranteed == .holds
        ? """
        (** A lower bound that needs no knowledge of the candidate exceeds the return of the current policy. *)
        Theorem guaranteed : guaranteed_truly old new tried.
        Proof. exact: (report_guaranteed accepts MP currentP candidateP erefl). Qed.
        """
        : """
        (** No lower bound that needs no knowledge of the candidate exceeds the return of the current policy. *)
        Theorem not_guaranteed : ~ guaranteed_truly old new tried.
        Proof. exact: (report_not_guaranteed accepts MP currentP candidateP erefl). Qed.
        """)
    if let step = certificate.claims["monotone-step"], step.verdict == .holds,
      let bound = step.bound
    {
      theorems.append(
        """
        (** The bound of Algorithm 1, L - C max KL, with its number *)
        Theorem monotone_step :
          let lower := ((surrogate old new)%:E - (penalty_coefficient old)%:E * max_divergence old new)%E in
          (lower <= (expected_return new)%:E)%E /\\ stated_true (\(CoqText.stated(bound))) lower.
        Proof. exact: (report_kl accepts MP currentP candidateP erefl erefl). Qed.
        """)
    }
    return theorems.joined(separator: "\n\n")
  }
}

/// Numbers and lists in the notation of Coq.
enum CoqText {
  /// A name that can stand in a comment.
  static func comment(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber || "-_ .".contains($0) ? $0 : "_" })
  }

  /// A rational number, from p or p/q in lowest terms.
  static func number(_ text: String) -> String {
    if text == "0" { return "zero" }
    let parts = text.split(separator: "/")
    let numerator = parts[0].hasPrefix("-") ? "(\(parts[0]))" : String(parts[0])
    return "(Qmake \(numerator) \(parts.count > 1 ? parts[1] : "1"))"
  }

  static func number(_ number: Rational) -> String { Self.number(number.description) }

  static func list(_ items: some Sequence<String>) -> String {
    "[:: \(items.joined(separator: "; "))]"
  }

  static func vector(_ numbers: some Sequence<Rational>) -> String {
    list(numbers.map { number($0) })
  }

  /// A number of a certificate.
  static func stated(_ number: CertifiedNumber) -> String {
    switch number {
    case .exact(let text): "Exactly \(Self.number(text))"
    case .enclosed(let lower, let upper): "Between \(Self.number(lower)) \(Self.number(upper))"
    case .infinity: "Infinity"
    }
  }

  /// A number that may be missing.
  static func optional(_ number: CertifiedNumber?) -> String {
    number.map { "(Some (\(stated($0))))" } ?? "None"
  }
}

/// A model and its policies in the notation of Coq.
private struct CoqModel {
  let mdp: FiniteMDP<Rational>

  init(_ mdp: FiniteMDP<Rational>) { self.mdp = mdp }

  /// One entry for each state and action, from the entry of an available pair.
  private func table(_ entry: (_ pair: Int) -> String, missing: String) -> String {
    CoqText.list(
      (0..<mdp.stateCount).map { state in
        CoqText.list(
          mdp.space.actions.indices.map { action in
            mdp.space.pair(state: state, action: action).map(entry) ?? missing
          })
      })
  }

  var rows: String {
    table(
      { pair in
        var row = [Rational](repeating: .zero, count: mdp.stateCount)
        for entry in mdp.transitions.entries(ofRow: pair) {
          row[Int(mdp.transitions.columns[entry])] = mdp.transitions.values[entry]
        }
        return "Some (\(CoqText.number(mdp.expectedReward[pair])), \(CoqText.vector(row)))"
      }, missing: "None")
  }

  func matrix(_ policy: TabularPolicy<Rational>) -> String {
    table({ CoqText.number(policy[$0]) }, missing: "zero")
  }
}
