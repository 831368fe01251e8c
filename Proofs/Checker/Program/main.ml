(* check_certificate MDP CURRENT CANDIDATE CERTIFICATE

   The checker whose soundness is proved (Proofs/Checker), on files. Exit status: 0 accepted;
   1 rejected: the certificate is wrong about these files; 64 wrong usage; 65 a file is malformed, or
   the model is too large to check; 66 a file cannot be read. *)

open Input

let usage = "usage: check_certificate MDP CURRENT CANDIDATE CERTIFICATE"

let help =
  "Checks a certificate of Monotone against the model and the two policies that it speaks of.\n\n"
  ^ usage
  ^ "\n\nMDP is a model, CURRENT and CANDIDATE are policies (JSON files, or the word uniform), and\n\
     CERTIFICATE is what `monotone check --certificate` wrote. That acceptance implies the verdicts is a\n\
     theorem of Coq; reading the files, and the extraction to this program, are trusted.\n\n\
     Exit status: 0 accepted; 1 rejected; 64 wrong usage; 65 a file is malformed, or the model is too\n\
     large to check; 66 a file cannot be read."

(* Bits of logarithms and roots; more if they do not decide. *)
let precisions = [ 256; 1024; 4096; 16384 ]

(* The data of the checker *)

let rec nat n = if n = 0 then Checker.O else Checker.S (nat (n - 1))
let rec int_of_nat n = match n with Checker.O -> 0 | Checker.S n -> 1 + int_of_nat n
let rational x = { Checker.qnum = Q.num x; Checker.qden = Q.den x }
let zero = rational Q.zero

let dense count entries =
  let row = Array.make count zero in
  List.iter (fun (i, x) -> row.(i) <- rational x) entries;
  Array.to_list row

(* Actions that no state offers are left out. *)
let used_actions model =
  let used = Hashtbl.create 16 in
  Array.iter (Hashtbl.iter (fun a _ -> Hashtbl.replace used a ())) model.rows;
  List.sort compare (Hashtbl.fold (fun a () found -> a :: found) used [])

let instance model actions =
  let n = model.states.count in
  let offered s a =
    Option.map
      (fun x -> (rational x.reward, dense n x.row))
      (Hashtbl.find_opt model.rows.(s) a)
  in
  {
    Checker.actions = nat (List.length actions);
    Checker.factor = rational model.discount;
    Checker.initial = dense n model.start;
    Checker.rows = List.init n (fun s -> List.map (offered s) actions);
  }

let matrix policy actions =
  Array.to_list
    (Array.map
       (fun row ->
         List.map (fun a -> rational (Option.value (List.assoc_opt a row) ~default:Q.zero)) actions)
       policy)

(* What is stated. A number in another spelling than its own is none. *)

let no_number = Checker.Between (rational Q.one, rational Q.zero)

let canonical text =
  if not (Certificate.is_quotient text) then None
  else
    match Q.of_string text with
    | x when text_of_rational x = text && not (Z.equal (Q.den x) Z.zero) -> Some x
    | _ -> None
    | exception _ -> None

let stated value =
  let number x = match x with Json.String text -> canonical text | _ -> None in
  match value with
  | Json.String "infinity" -> Checker.Infinity
  | Json.String text -> (
      match canonical text with Some x -> Checker.Exactly (rational x) | None -> no_number)
  | Json.Object members -> (
      match (number (List.assoc "lower" members), number (List.assoc "upper" members)) with
      | Some low, Some high -> Checker.Between (rational low, rational high)
      | _ -> no_number)
  | _ -> no_number

let same_keys members expected where =
  let sort = List.sort compare in
  if sort (List.map fst members) <> sort expected then
    raise (Rejected (where ^ ": expected just the entries " ^ String.concat ", " expected))

let in_order members names where =
  same_keys members names where;
  let table = Hashtbl.create 16 in
  List.iter (fun (key, x) -> Hashtbl.add table key x) members;
  List.map (Hashtbl.find table) names

let solution members names where =
  List.map2
    (fun name value ->
      match stated value with
      | Checker.Exactly x -> x
      | _ -> raise (Rejected (where ^ "." ^ name ^ ": expected a rational number in lowest terms")))
    names
    (in_order members names where)

let verdict text =
  match text with
  | "holds" -> Checker.Holds
  | "violated" -> Checker.Violated
  | "notApplicable" -> Checker.NotApplicable
  | _ -> Checker.Undecided

let quantity_name x =
  match x with
  | Checker.ReturnCurrent -> "returnCurrent"
  | Checker.ReturnCandidate -> "returnCandidate"
  | Checker.Surrogate -> "surrogate"
  | Checker.PolicyAdvantage -> "policyAdvantage"
  | Checker.LargestAdvantage -> "maxAdvantage"
  | Checker.LargestExpectedAdvantage -> "maxExpectedAdvantage"
  | Checker.PenaltyCoefficient -> "penaltyCoefficient"
  | Checker.LargestTotalVariation -> "maxTotalVariation"
  | Checker.AverageTotalVariation -> "meanTotalVariation"
  | Checker.LargestKL -> "maxKL"
  | Checker.AverageKL -> "meanKL"
  | Checker.LargestReverseKL -> "maxReverseKL"
  | Checker.AverageReverseKL -> "meanReverseKL"

let claim_name x =
  match x with
  | Checker.Identity Checker.BellmanResidual -> "bellman-residual"
  | Checker.Identity Checker.PerformanceDifference -> "performance-difference"
  | Checker.Identity Checker.SurrogateValue -> "surrogate-value"
  | Checker.Identity Checker.SurrogateGradient -> "surrogate-gradient"
  | Checker.Inequality Checker.Pinsker -> "pinsker"
  | Checker.Inequality Checker.BretagnolleHuber -> "bretagnolle-huber"
  | Checker.Bound Checker.VisitationShiftSpan -> "visitation-shift-span"
  | Checker.Bound Checker.VisitationShift -> "visitation-shift"
  | Checker.Bound Checker.ResolventErgodicity -> "resolvent-ergodicity"
  | Checker.Bound Checker.Dobrushin -> "dobrushin"
  | Checker.Bound Checker.MeanTotalVariationSpan -> "mean-total-variation-span"
  | Checker.Bound Checker.MeanTotalVariation -> "mean-total-variation"
  | Checker.Bound Checker.MaxTotalVariationSpan -> "max-total-variation-span"
  | Checker.Bound Checker.CouplingSpan -> "coupling-span"
  | Checker.Bound Checker.Coupling -> "coupling"
  | Checker.Bound Checker.CouplingRange -> "coupling-range"
  | Checker.Bound Checker.TotalVariation -> "total-variation"
  | Checker.Bound Checker.KL -> "kl"
  | Checker.Bound Checker.KLPinsker -> "kl-pinsker"
  | Checker.Bound Checker.MeanKLRoot -> "mean-kl-root"
  | Checker.Bound Checker.MeanKL -> "mean-kl"
  | Checker.Bound Checker.MeanKLPenalty -> "mean-kl-penalty"
  | Checker.Bound Checker.ConservativeMixture -> "conservative-mixture"
  | Checker.Bound Checker.ConservativeMixture2002 -> "conservative-mixture-2002"
  | Checker.Improvement Checker.PointwiseImprovement -> "pointwise-improvement"
  | Checker.Improvement Checker.MonotoneStep -> "monotone-step"
  | Checker.Improvement Checker.ConservativeGain -> "conservative-gain"

let most_states = 100

let stated_claim (claim : Certificate.claim) =
  let number key = Option.map stated (List.assoc_opt key claim.numbers) in
  {
    Checker.stated_verdict = verdict claim.verdict;
    Checker.stated_margin = number "margin";
    Checker.stated_bound = number "bound";
    Checker.stated_upper = number "upperBound";
  }

let checker_certificate model (c : Certificate.t) =
  let names = List.init model.states.count model.states.name in
  if c.title <> model.title then raise (Rejected "certificate.mdp: another model");
  same_keys c.quantities (List.map quantity_name Checker.all_quantities) "certificate.quantities";
  same_keys c.claims (List.map claim_name Checker.all_claims) "certificate.claims";
  (* The one assumption with a name. *)
  List.iter
    (fun (name, (claim : Certificate.claim)) ->
      let too_large =
        model.states.count > most_states && List.mem name [ "resolvent-ergodicity"; "dobrushin" ]
      in
      if claim.assumption <> (if too_large then Some "size" else None) then
        raise (Rejected ("certificate.claims." ^ name ^ ".assumption: not that of the claim")))
    c.claims;
  let values, visits = c.current and new_values, new_visits = c.candidate in
  {
    Checker.current_values = solution values names "certificate.current.stateValues";
    Checker.current_visits = solution visits names "certificate.current.visitation";
    Checker.candidate_values = solution new_values names "certificate.candidate.stateValues";
    Checker.candidate_visits = solution new_visits names "certificate.candidate.visitation";
    Checker.stated_kl = List.map stated (in_order c.kl names "certificate.KL");
    Checker.stated_reverse = List.map stated (in_order c.reverse names "certificate.reverseKL");
    Checker.stated_quantity =
      (fun x -> Option.map stated (List.assoc_opt (quantity_name x) c.quantities));
    Checker.stated_result =
      (fun x -> Option.map stated_claim (List.assoc_opt (claim_name x) c.claims));
    Checker.stated_improved = verdict c.improved;
    Checker.stated_guaranteed = verdict c.guaranteed;
  }

(* Refuses at once what would take hours to insert into the equations. *)
let require_affordable model (c : Certificate.t) =
  let steps =
    Array.fold_left
      (fun sum offered -> Hashtbl.fold (fun _ x sum -> sum + List.length x.row) offered sum)
      0 model.rows
  in
  let digits_of members =
    List.fold_left
      (fun most (_, x) -> max most (match x with Json.String s -> String.length s | _ -> 2))
      0 members
  in
  let digits =
    List.fold_left max 0
      (List.map digits_of [ fst c.current; snd c.current; fst c.candidate; snd c.candidate ])
  in
  let work = 20. *. float steps *. ((float (digits / 9) +. 1.) ** 2.) in
  Json.require (work <= most_work) "the model" "too large to check: too many transitions, long numbers"

let place model x =
  let state s = String.escaped (model.states.name (int_of_nat s)) in
  match x with
  | Checker.InModel -> "the model: not well-formed"
  | Checker.InCurrent -> "the current policy: not a policy of the model"
  | Checker.InCandidate -> "the candidate policy: not a policy of the model"
  | Checker.InCurrentSolution -> "certificate.current: the residual is not 0"
  | Checker.InCandidateSolution -> "certificate.candidate: the residual is not 0"
  | Checker.InDivergence s -> "certificate.KL." ^ state s ^ ": not what is true"
  | Checker.InReverse s -> "certificate.reverseKL." ^ state s ^ ": not what is true"
  | Checker.InQuantity x -> "certificate.quantities." ^ quantity_name x ^ ": not what is true"
  | Checker.InClaim x -> "certificate.claims." ^ claim_name x ^ ": not what is true"
  | Checker.InImproved -> "certificate.improved: not what is true"
  | Checker.InGuaranteed -> "certificate.guaranteed: not what is true"

let check mdp current candidate certificate =
  let model = read_model mdp in
  let current = read_policy current model in
  let candidate = read_policy candidate model in
  let stated = Certificate.read_certificate certificate in
  require_affordable model stated;
  let actions = used_actions model in
  let instance = instance model actions in
  let certificate = checker_certificate model stated in
  let rec go precisions =
    match precisions with
    | [] -> assert false
    | bits :: more -> (
        match
          Checker.answer_with (Z.of_int bits) instance (matrix current actions)
            (matrix candidate actions) certificate
        with
        | Checker.Accept -> ()
        | Checker.Reject x -> raise (Rejected (place model x))
        | Checker.MoreBits x ->
            if more = [] then
              raise (Rejected (Printf.sprintf "%d bits do not decide %s" bits (place model x)))
            else go more)
  in
  go precisions

let one_line text =
  String.concat " " (List.filter (( <> ) "") (String.split_on_char '\n' text))

let finish status text =
  (if status = 0 then print_endline else prerr_endline) text;
  exit status

let () =
  match List.tl (Array.to_list Sys.argv) with
  | [ ("-h" | "--help") ] -> finish 0 help
  | arguments when List.length arguments <> 4 ->
      finish 64 (Printf.sprintf "expected 4 arguments, found %d\n%s" (List.length arguments) usage)
  | arguments when List.exists (fun x -> x <> "" && x.[0] = '-') arguments ->
      finish 64 ("unknown option\n" ^ usage)
  | arguments -> (
      match arguments with
      | [ mdp; current; candidate; certificate ] -> (
          match check mdp current candidate certificate with
          | () -> finish 0 "accepted"
          | exception Rejected fault -> finish 1 ("rejected: " ^ one_line fault)
          | exception Json.Malformed fault -> finish 65 (one_line fault)
          | exception (Out_of_memory | Stack_overflow) -> finish 65 "too large to check: out of memory"
          | exception Unreadable fault -> finish 66 (one_line fault))
      | _ -> assert false)
