(* A model, policies and a certificate, read from their files without rounding.

   Nothing here is proved. What a file means is fixed here: which state and action a number belongs to,
   how rewards in their several forms add up to r(s,a), and that a row of probabilities which sums to 1
   only within 1e-9 is divided by its sum. *)

open Json

exception Unreadable of string
exception Rejected of string

let most_bytes = 1 lsl 26
let most_actions = 1_000_000
let most_work = 1e12

(* Files *)

let read_text path =
  let channel =
    try open_in_bin path with Sys_error fault -> raise (Unreadable fault)
  in
  Fun.protect
    ~finally:(fun () -> close_in_noerr channel)
    (fun () ->
      let buffer = Buffer.create 65536 in
      let rec more () =
        let missing = most_bytes + 1 - Buffer.length buffer in
        if missing > 0 then begin
          let chunk = Bytes.create (min missing 65536) in
          let got =
            try input channel chunk 0 (Bytes.length chunk)
            with Sys_error fault -> raise (Unreadable (path ^ ": " ^ fault))
          in
          if got > 0 then (Buffer.add_subbytes buffer chunk 0 got; more ())
        end
      in
      more ();
      require (Buffer.length buffer <= most_bytes) path "too large to check: more than 64 MiB";
      Buffer.contents buffer)

(* To read n digits takes time n². *)
let long_numbers text =
  let total = ref 0. and run = ref 0 in
  let close () =
    if !run >= 1000 then total := !total +. (float !run *. float !run);
    run := 0
  in
  String.iter (fun c -> if is_digit c then incr run else close ()) text;
  close ();
  !total

let members_of value where =
  match value with Object members -> members | _ -> malformed where "expected an object"

let only keys members where =
  List.iter
    (fun (key, _) ->
      require (List.mem key keys) where ("unknown key " ^ String.escaped key))
    members

let member members key where =
  match List.assoc_opt key members with
  | Some value -> value
  | None -> malformed where ("the key " ^ key ^ " is missing")

let read path kind keys =
  let text = read_text path in
  require (long_numbers text <= most_work) path "too large to check: its numbers are too long";
  let members = members_of (parse text path) path in
  let schema = "monotone/" ^ kind ^ "/v1" in
  require (List.assoc_opt "schema" members = Some (String schema)) path ("expected the schema " ^ schema);
  only ("schema" :: keys) members path;
  members

(* Numbers and names *)

let number value where =
  match value with
  | Number x -> x
  | String text -> number_of_text text where
  | _ -> malformed where "expected a number"

let text_of_rational x =
  if Z.equal (Q.den x) Z.one then Z.to_string (Q.num x) else Q.to_string x

(* A name may be written as a number. *)
let name_of value =
  match value with
  | String name -> name
  | Number x -> text_of_rational x
  | Bool true -> "True"
  | Bool false -> "False"
  | Null -> "None"
  | Array _ | Object _ -> "\000"

type names = { count : int; index : string -> int option; name : int -> string }

let counted count =
  let index text =
    let is_number = text <> "" && String.length text <= 9 && String.for_all is_digit text in
    match if is_number then int_of_string_opt ("0u" ^ text) else None with
    | Some i when i < count && string_of_int i = text -> Some i
    | _ -> None
  in
  { count; index; name = string_of_int }

let listed value most where =
  match value with
  | Array values ->
      let names =
        Array.of_list
          (List.map (function String s -> s | _ -> malformed where "expected a name") values)
      in
      let table = Hashtbl.create (Array.length names) in
      Array.iteri
        (fun i name ->
          require (not (Hashtbl.mem table name)) where "a name stands twice";
          Hashtbl.add table name i)
        names;
      require (Array.length names > 0) where "there is no name";
      { count = Array.length names; index = Hashtbl.find_opt table; name = Array.get names }
  | _ ->
      let count = number value where in
      require (Z.equal (Q.den count) Z.one && Q.geq count Q.one) where "expected names or a count";
      require (Q.leq count (Q.of_int most)) where "the count is too large";
      counted (Z.to_int (Q.num count))

(* [(index, entry)] of an object by name, or of an array in the order of the names. *)
let by_name value names where =
  match value with
  | Array values ->
      require (List.length values = names.count) where
        (Printf.sprintf "expected %d entries, found %d" names.count (List.length values));
      List.mapi (fun i x -> (i, x)) values
  | Object members ->
      List.map
        (fun (key, x) ->
          match names.index key with
          | Some i -> (i, x)
          | None -> malformed where ("unknown key " ^ String.escaped key))
        members
  | _ -> malformed where "expected entries by name"

let tolerance = Q.make Z.one (Z.of_string "1000000000")

(* The positive entries of a row of probabilities, divided by its sum. *)
let distribution value names where =
  let row = List.map (fun (i, p) -> (i, number p where)) (by_name value names where) in
  let total = List.fold_left (fun sum (_, p) -> Q.add sum p) Q.zero row in
  let is_distribution =
    row <> []
    && List.for_all (fun (_, p) -> Q.sign p >= 0) row
    && Q.leq (Q.abs (Q.sub total Q.one)) tolerance
  in
  require is_distribution where "expected probabilities that sum to 1";
  List.filter_map (fun (i, p) -> if Q.sign p = 0 then None else Some (i, Q.div p total)) row

(* r(s,a), given as such or as r(s,a,s') by next state; null is 0. *)
let mean_reward reward weight states where =
  let amount x = match x with Null -> Q.zero | _ -> number x where in
  match reward with
  | Array _ | Object _ ->
      List.fold_left
        (fun sum (t, x) -> Q.add sum (Q.mul (weight t) (amount x)))
        Q.zero
        (by_name reward states where)
  | _ -> amount reward

(* The model *)

type action = { mutable reward : Q.t; row : (int * Q.t) list }

type model = {
  title : string;
  discount : Q.t;
  states : names;
  actions : names;
  start : (int * Q.t) list;
  rows : (int, action) Hashtbl.t array; (* by state: the actions it offers *)
}

let weight_in row t = Option.value (List.assoc_opt t row) ~default:Q.zero

let is_object value = match value with Object _ -> true | _ -> false
let is_array value = match value with Array _ -> true | _ -> false

let read_model path =
  let needed = [ "name"; "discount"; "states"; "actions"; "initial"; "transitions" ] in
  let optional = [ "description"; "source"; "terminal"; "rewards"; "features" ] in
  let file = read path "mdp" (needed @ optional) in
  let get key = member file key path in
  List.iter (fun key -> ignore (get key)) needed;
  let list value what =
    match value with Array values -> values | _ -> malformed path (what ^ " are not an array")
  in
  let title = match get "name" with String s -> s | _ -> malformed path "the name is not a text" in
  let transitions = list (get "transitions") "the transitions" in
  let terminal =
    match List.assoc_opt "terminal" file with None -> [] | Some x -> list x "the terminal states"
  in
  let discount = number (get "discount") (path ^ ": discount") in
  require (Q.sign discount >= 0 && Q.lt discount Q.one) path "the discount is not in [0, 1)";
  let most_states = List.length transitions + List.length terminal in
  let states = listed (get "states") most_states (path ^ ": states") in
  let actions = listed (get "actions") most_actions (path ^ ": actions") in
  let start = distribution (get "initial") states (path ^ ": initial") in
  let rows = Array.init states.count (fun _ -> Hashtbl.create 4) in
  let is_dense = match transitions with [] -> false | first :: _ -> not (is_object first) in
  let add s a next reward where =
    require (not (Hashtbl.mem rows.(s) a)) where "the action of the state is given twice";
    let row = distribution next states (where ^ ".to") in
    let reward = mean_reward reward (weight_in row) states (where ^ ".reward") in
    Hashtbl.add rows.(s) a { reward; row }
  in
  let where = path ^ ": transitions" in
  if is_dense then
    List.iter
      (fun (s, of_state) ->
        if of_state <> Null then
          List.iter
            (fun (a, row) -> if row <> Null then add s a row Null where)
            (by_name of_state actions where))
      (by_name (Array transitions) states where)
  else
    List.iteri
      (fun index transition ->
        let where = Printf.sprintf "%s[%d]" where index in
        let members = members_of transition where in
        only [ "from"; "action"; "to"; "reward" ] members where;
        let find key names =
          match names.index (name_of (member members key where)) with
          | Some i -> i
          | None -> malformed where ("unknown " ^ key)
        in
        let s = find "from" states and a = find "action" actions in
        let reward = Option.value (List.assoc_opt "reward" members) ~default:Null in
        add s a (member members "to" where) reward where)
      transitions;
  (* What stands beside the transitions: r(s); beside dense ones also r(s,a) or r(s,a,s'). *)
  let where = path ^ ": rewards" in
  let pay s a paid =
    let available = Hashtbl.find_opt rows.(s) a in
    let weight = match available with Some x -> weight_in x.row | None -> fun _ -> Q.one in
    let amount = mean_reward paid weight states where in
    match available with
    | Some x -> x.reward <- Q.add x.reward amount
    | None -> require (Q.sign amount = 0) where "a state has a reward never paid"
  in
  (match List.assoc_opt "rewards" file with
  | None -> ()
  | Some given ->
      List.iter
        (fun (s, reward) ->
          let is_one_number = not (is_object reward || ((not is_dense) && is_array reward)) in
          require is_one_number where "the reward of a state is not one number";
          if is_array reward then List.iter (fun (a, paid) -> pay s a paid) (by_name reward actions where)
          else if Hashtbl.length rows.(s) > 0 then
            List.iter (fun a -> pay s a reward)
              (Hashtbl.fold (fun a _ found -> a :: found) rows.(s) [])
          else pay s 0 reward)
        (by_name given states where));
  (* Terminal states are those without actions. *)
  let is_terminal = Array.make states.count false in
  List.iter
    (fun value ->
      match states.index (name_of value) with
      | Some s -> is_terminal.(s) <- true
      | None -> malformed path "an unknown terminal state")
    terminal;
  Array.iteri
    (fun s row ->
      require (is_terminal.(s) = (Hashtbl.length row = 0)) path
        "terminal states and states without actions are not the same")
    rows;
  { title; discount; states; actions; start; rows }

(* Policies: by state, the positive probabilities of its actions; nothing in a terminal state. *)

let read_policy path model =
  let uniform offered =
    let share = Q.make Z.one (Z.of_int (Hashtbl.length offered)) in
    Hashtbl.fold (fun a _ found -> (a, share) :: found) offered []
  in
  if path = "uniform" then Array.map uniform model.rows
  else begin
    let file = read path "policy" [ "mdp"; "probabilities" ] in
    let title = member file "mdp" path and given = member file "probabilities" path in
    require (title = String model.title) path "a policy for another model";
    let table = Hashtbl.create model.states.count in
    List.iter (fun (s, x) -> Hashtbl.replace table s x) (by_name given model.states path);
    Array.mapi
      (fun s offered ->
        if Hashtbl.length offered = 0 then []
        else
          let where = path ^ ": probabilities of " ^ String.escaped (model.states.name s) in
          match Hashtbl.find_opt table s with
          | None -> malformed where "missing"
          | Some x ->
              let row = distribution x model.actions where in
              List.iter
                (fun (a, _) -> require (Hashtbl.mem offered a) where "an action is not available")
                row;
              row)
      model.rows
  end
