(* A certificate of the right form. Whether it is true is for the checker. *)

open Json
open Input

type claim = {
  verdict : string;
  numbers : (string * t) list; (* margin, bound, upperBound *)
  assumption : string option;
}

type t = {
  title : string;
  current : (string * Json.t) list * (string * Json.t) list; (* stateValues, visitation *)
  candidate : (string * Json.t) list * (string * Json.t) list;
  kl : (string * Json.t) list;
  reverse : (string * Json.t) list;
  quantities : (string * Json.t) list;
  claims : (string * claim) list;
  improved : string;
  guaranteed : string;
}

let verdicts = [ "holds"; "violated"; "undecided"; "notApplicable" ]

let is_run text first stop =
  let rec go i = i >= stop || (is_digit text.[i] && go (i + 1)) in
  first < stop && go first

(* -?[0-9]+(/[0-9]+)? *)
let is_quotient text =
  let n = String.length text in
  let first = if n > 0 && text.[0] = '-' then 1 else 0 in
  match String.index_opt text '/' with
  | None -> is_run text first n
  | Some slash -> is_run text first slash && is_run text (slash + 1) n

let rec require_number where value =
  match value with
  | String ("infinity" | "-infinity") -> ()
  | String text when is_quotient text -> ()
  | Object members ->
      let keys = List.sort compare (List.map fst members) in
      require (keys = [ "lower"; "upper" ]) where "expected the keys lower and upper";
      List.iter (fun (_, x) -> require_number where x) members
  | _ -> malformed where "expected a number p or p/q in quotes"

let numbers value where =
  let members = members_of value where in
  List.iter (fun (key, x) -> require_number (where ^ "." ^ String.escaped key) x) members;
  members

let verdict_of value where =
  match value with
  | String text when List.mem text verdicts -> text
  | _ -> malformed where "expected a verdict"

let read_certificate path =
  let keys =
    [ "mdp"; "current"; "candidate"; "KL"; "reverseKL"; "quantities"; "claims"; "improved"; "guaranteed" ]
  in
  let file = read path "certificate" keys in
  let get key = member file key path in
  List.iter (fun key -> ignore (get key)) keys;
  let solution key =
    let where = path ^ ": " ^ key in
    let members = members_of (get key) where in
    only [ "stateValues"; "visitation" ] members where;
    let part name = numbers (member members name where) (where ^ "." ^ name) in
    (part "stateValues", part "visitation")
  in
  let claim (name, value) =
    let where = path ^ ": claims." ^ String.escaped name in
    let members = members_of value where in
    only [ "verdict"; "margin"; "bound"; "upperBound"; "assumption" ] members where;
    let verdict = verdict_of (member members "verdict" where) where in
    let is_number (key, _) = key <> "verdict" && key <> "assumption" in
    let assumption =
      match List.assoc_opt "assumption" members with
      | None -> None
      | Some (String text) -> Some text
      | Some _ -> malformed where "assumption is not a text"
    in
    (name, { verdict; numbers = numbers (Object (List.filter is_number members)) where; assumption })
  in
  {
    title = (match get "mdp" with String text -> text | _ -> malformed path "mdp is not a text");
    current = solution "current";
    candidate = solution "candidate";
    kl = numbers (get "KL") (path ^ ": KL");
    reverse = numbers (get "reverseKL") (path ^ ": reverseKL");
    quantities = numbers (get "quantities") (path ^ ": quantities");
    claims = List.map claim (members_of (get "claims") (path ^ ": claims"));
    improved = verdict_of (get "improved") path;
    guaranteed = verdict_of (get "guaranteed") path;
  }
