(* JSON as RFC 8259 has it, with every number exact. *)

exception Malformed of string

let malformed where reason = raise (Malformed (where ^ ": " ^ reason))
let require condition where reason = if not condition then malformed where reason

type t =
  | Null
  | Bool of bool
  | Number of Q.t
  | String of string
  | Array of t list
  | Object of (string * t) list

let is_digit c = c >= '0' && c <= '9'

(* The exact value of an integer, a decimal or a quotient p/q in this spelling:
   -?(0|[1-9][0-9]* )(/[0-9]+|(\.[0-9]+)?([eE][+-]?0*([0-9]{1,4}|10000))?) *)
let number_of_text text where =
  let n = String.length text in
  let fail () = malformed where ("expected a number, found " ^ String.escaped text) in
  let digits i =
    let j = ref i in
    while !j < n && is_digit text.[!j] do incr j done;
    if !j = i then fail ();
    !j
  in
  let first = if n > 0 && text.[0] = '-' then 1 else 0 in
  let stop = digits first in
  if text.[first] = '0' && stop > first + 1 then fail ();
  let whole = Z.of_string (String.sub text 0 stop) in
  if stop < n && text.[stop] = '/' then begin
    if digits (stop + 1) <> n then fail ();
    let divisor = Z.of_string (String.sub text (stop + 1) (n - stop - 1)) in
    if Z.equal divisor Z.zero then malformed where (text ^ " divides by 0");
    Q.make whole divisor
  end
  else begin
    let point = if stop < n && text.[stop] = '.' then digits (stop + 1) else stop in
    let mantissa =
      if point = stop then Q.of_bigint whole
      else
        let all = String.sub text 0 stop ^ String.sub text (stop + 1) (point - stop - 1) in
        Q.make (Z.of_string all) (Z.pow (Z.of_int 10) (point - stop - 1))
    in
    if point = n then mantissa
    else begin
      if text.[point] <> 'e' && text.[point] <> 'E' then fail ();
      let signed = point + 1 < n && (text.[point + 1] = '+' || text.[point + 1] = '-') in
      let start = if signed then point + 2 else point + 1 in
      if digits start <> n then fail ();
      let exponent = Z.of_string (String.sub text start (n - start)) in
      if Z.gt exponent (Z.of_int 10000) then fail ();
      let power = Q.of_bigint (Z.pow (Z.of_int 10) (Z.to_int exponent)) in
      if signed && text.[point + 1] = '-' then Q.div mantissa power else Q.mul mantissa power
    end
  end

let most_nested = 900

let check_utf8 text where =
  let n = String.length text in
  let byte i = if i < n then Char.code text.[i] else 0 in
  let continues i = byte i land 0xC0 = 0x80 in
  let rec go i =
    if i < n then
      let b = byte i in
      if b < 0x80 then go (i + 1)
      else if b >= 0xC2 && b < 0xE0 && continues (i + 1) then go (i + 2)
      else if
        b land 0xF0 = 0xE0 && continues (i + 1) && continues (i + 2)
        && (b <> 0xE0 || byte (i + 1) >= 0xA0)
        && (b <> 0xED || byte (i + 1) < 0xA0)
      then go (i + 3)
      else if
        b >= 0xF0 && b <= 0xF4 && continues (i + 1) && continues (i + 2) && continues (i + 3)
        && (b <> 0xF0 || byte (i + 1) >= 0x90)
        && (b <> 0xF4 || byte (i + 1) < 0x90)
      then go (i + 4)
      else malformed where "not UTF-8"
  in
  go 0

let add_code_point buffer code =
  let add x = Buffer.add_char buffer (Char.chr x) in
  let tail shift = add (0x80 lor ((code lsr shift) land 0x3F)) in
  if code < 0x80 then add code
  else if code < 0x800 then (add (0xC0 lor (code lsr 6)); tail 0)
  else if code < 0x10000 then (add (0xE0 lor (code lsr 12)); tail 6; tail 0)
  else (add (0xF0 lor (code lsr 18)); tail 12; tail 6; tail 0)

let parse text where =
  check_utf8 text where;
  let n = String.length text in
  let at = ref 0 in
  let fail reason = malformed where (Printf.sprintf "not JSON: %s at byte %d" reason !at) in
  let peek () = if !at < n then text.[!at] else '\000' in
  let skip () =
    while !at < n && (match text.[!at] with ' ' | '\t' | '\n' | '\r' -> true | _ -> false) do
      incr at
    done
  in
  let expect c = if !at < n && text.[!at] = c then incr at else fail (Printf.sprintf "expected %c" c) in
  let word w value =
    let l = String.length w in
    if !at + l <= n && String.sub text !at l = w then (at := !at + l; value) else fail "unknown word"
  in
  let hex () =
    if !at + 4 > n then fail "a short escape";
    let digits = String.sub text !at 4 in
    String.iter
      (fun c ->
        if not (is_digit c || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) then
          fail "a wrong escape")
      digits;
    at := !at + 4;
    int_of_string ("0x" ^ digits)
  in
  let escape buffer =
    let c = peek () in
    incr at;
    match c with
    | '"' | '\\' | '/' -> Buffer.add_char buffer c
    | 'b' -> Buffer.add_char buffer '\b'
    | 'f' -> Buffer.add_char buffer '\012'
    | 'n' -> Buffer.add_char buffer '\n'
    | 'r' -> Buffer.add_char buffer '\r'
    | 't' -> Buffer.add_char buffer '\t'
    | 'u' ->
        let code = hex () in
        let is_pair =
          code >= 0xD800 && code < 0xDC00 && !at + 6 <= n && text.[!at] = '\\' && text.[!at + 1] = 'u'
        in
        if is_pair then begin
          let before = !at in
          at := !at + 2;
          let low = hex () in
          if low >= 0xDC00 && low < 0xE000 then
            add_code_point buffer (0x10000 + ((code - 0xD800) lsl 10) + (low - 0xDC00))
          else (at := before; add_code_point buffer code)
        end
        else add_code_point buffer code
    | _ -> fail "a wrong escape"
  in
  let string () =
    expect '"';
    let buffer = Buffer.create 16 in
    while peek () <> '"' || !at >= n do
      if !at >= n then fail "an open string";
      let c = text.[!at] in
      if Char.code c < 0x20 then fail "a control character";
      incr at;
      if c = '\\' then escape buffer else Buffer.add_char buffer c
    done;
    incr at;
    Buffer.contents buffer
  in
  let number () =
    let start = !at in
    let run () = while !at < n && is_digit text.[!at] do incr at done in
    if peek () = '-' then incr at;
    if not (is_digit (peek ())) then fail "no value";
    if peek () = '0' then incr at else run ();
    if peek () = '.' && !at + 1 < n && is_digit text.[!at + 1] then (incr at; run ());
    (match peek () with
    | 'e' | 'E' ->
        let sign = if !at + 1 < n && (text.[!at + 1] = '+' || text.[!at + 1] = '-') then 2 else 1 in
        if !at + sign < n && is_digit text.[!at + sign] then (at := !at + sign; run ())
    | _ -> ());
    Number (number_of_text (String.sub text start (!at - start)) where)
  in
  let rec value depth =
    if depth > most_nested then malformed where "not JSON of this format: nested too deeply";
    skip ();
    match peek () with
    | '{' -> incr at; Object (members depth)
    | '[' -> incr at; Array (elements depth)
    | '"' -> String (string ())
    | 't' -> word "true" (Bool true)
    | 'f' -> word "false" (Bool false)
    | 'n' -> word "null" Null
    | _ -> number ()
  and elements depth =
    skip ();
    if peek () = ']' then (incr at; [])
    else
      let rec more found =
        let found = value (depth + 1) :: found in
        skip ();
        if peek () = ',' then (incr at; more found) else (expect ']'; List.rev found)
      in
      more []
  and members depth =
    let seen = Hashtbl.create 8 in
    let member () =
      skip ();
      let key = string () in
      if Hashtbl.mem seen key then
        malformed where ("the key " ^ String.escaped key ^ " stands twice in one object");
      Hashtbl.add seen key ();
      skip ();
      expect ':';
      (key, value (depth + 1))
    in
    skip ();
    if peek () = '}' then (incr at; [])
    else
      let rec more found =
        let found = member () :: found in
        skip ();
        if peek () = ',' then (incr at; more found) else (expect '}'; List.rev found)
      in
      more []
  in
  let result = value 0 in
  skip ();
  if !at < n then fail "more than one value";
  result
