/* The C interface of Monotone: models, policies, verdicts.
 *
 * One rule for everything: a function that computes returns a reply, and a reply is never NULL.
 *
 *     monotone_reply *reply = monotone_model_from_file("racing.json", NULL);
 *     if (reply->status != MONOTONE_OK) puts(monotone_reply_json(reply, NULL));   // every fault
 *     monotone_handle model = reply->handle;
 *     monotone_reply_free(reply);
 *
 * Bad arguments are replies, too: no argument ends the process. Handles are numbers; one that was closed,
 * or never opened, is refused. Every function may be called from any thread; calls on one handle wait for
 * each other, calls on different handles do not.
 *
 * Texts are UTF-8. `options` are a JSON object, or NULL for none; the keys stand with each function, and an
 * unknown key is an error that names the nearest known one.
 */
#ifndef MONOTONE_H
#define MONOTONE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes whenever a program built against an older header could go wrong. */
#define MONOTONE_ABI_VERSION 1

/* What became of a call: the exit statuses of the command line. */
enum {
  MONOTONE_OK = 0,
  MONOTONE_USAGE = 64,      /* the call makes no sense: an unknown option, a closed handle, a NULL */
  MONOTONE_BAD_DATA = 65,   /* a model, a policy or a batch has faults */
  MONOTONE_UNREADABLE = 66, /* a file cannot be read */
  MONOTONE_INTERNAL = 70    /* a fault of this library */
};

/* What the elements of an array are. */
enum {
  MONOTONE_FLOAT64 = 1,
  MONOTONE_FLOAT32 = 2,
  MONOTONE_INT64 = 3,
  MONOTONE_INT32 = 4,
  MONOTONE_INT8 = 5,
  MONOTONE_TEXT = 6 /* const char *: exact numbers such as "1/3" or "0.1" */
};

/* An array in row-major order without gaps. Arrays of arguments are read during the call only; arrays of
 * replies belong to the reply. */
typedef struct {
  const void *data;
  int32_t type;
  int32_t rank;     /* 0 to 4 */
  int64_t shape[4]; /* the first `rank` lengths */
  const char *name; /* of a reply's array; ignored in arguments */
} monotone_array;

/* Something open: a model, an audit, an environment. 0 is never one. */
typedef uint64_t monotone_handle;

/* The answer to a call. */
typedef struct {
  int32_t status;
  int32_t array_count;
  const monotone_array *arrays;
  monotone_handle handle; /* what was opened, or 0 */
  void *owner;
} monotone_reply;

/* A policy of a model: by name or file (`expression`: "uniform", "greedy(uniform)", "policy.npy", …), or as
 * an array of shape (S, A) of probabilities. Of float64 or float32 a row must sum to 1 within the rounding
 * of its type, and is divided by its sum; of texts exactly. Unavailable actions have probability 0; rows of
 * terminal states may hold any finite number. `name` is what results call it; NULL for a default. */
typedef struct {
  const char *expression;
  const monotone_array *array;
  const char *name;
} monotone_policy;

/* A model as arrays. Numbers are float64, float32 or texts. NULL members are absent. */
typedef struct {
  const char *name;                       /* NULL: "arrays" */
  const char *discount;                   /* γ as a text: "0.99", "9/10" */
  int64_t states, actions;                /* S and A; 0 where `transitions` has the shape (S, A, S) */
  const monotone_array *transitions;      /* (S, A, S); or, with `columns`, (entries) */
  const monotone_array *columns;          /* next states of the entries, int64 or int32 */
  const monotone_array *row_starts;       /* (S·A + 1): where the row of s·A + a begins */
  const monotone_array *rewards;          /* (S), (S, A) or (S, A, S); with `columns` (S), (S, A) or (entries); (S) where both fit */
  const monotone_array *initial;          /* (S); NULL: state 0 */
  const monotone_array *terminal;         /* (S) of int8, not 0 where the state ends the episode */
  const monotone_array *available;        /* (S, A) of int8; NULL: where the row is not all zeros */
} monotone_model_arrays;

/* -- The library ------------------------------------------------------------------------------------- */

/* MONOTONE_ABI_VERSION of the library. */
int32_t monotone_abi_version(void);

/* The version of Monotone, such as "0.3.0". */
const char *monotone_version(void);

/* The ids of the claims in the order of the catalogue, the improvement rules, the environments; as JSON. */
monotone_reply *monotone_catalogue(void);

/* -- Replies ------------------------------------------------------------------------------------------ */

/* The result as JSON, in the command line's own schemas; of a failed call
 *     {"schema": "monotone/failure/v1", "kind": "usage" | "bad-data" | "unreadable" | "internal", "message": …,
 *      "faults": [{"file", "line", "column", "path", "message"}, …]}
 * The text is made on first use, ends in a zero byte, and belongs to the reply. `length` may be NULL. */
const char *monotone_reply_json(monotone_reply *reply, int64_t *length);

/* Gives a reply back; NULL is allowed. */
void monotone_reply_free(monotone_reply *reply);

/* -- Models ------------------------------------------------------------------------------------------- */

/* Options of all: "normalise" (the most by which a row may miss the sum 1 and be divided by it, at most 0.1; by
 * default 1e-9), "precision" ("float32" | "float64": what policies given as decimals were computed in). The reply has the handle, and as JSON
 *     {"schema": "monotone/model/v1", "name", "states": [names], "actions": [names], "discount", "normalised"}
 * with the arrays available (S, A) and terminal (S), int8; initial (S), transitions (S, A, S) where that has
 * at most 10,000,000 elements, rewards (S, A), float64. */
/* Further options of files and bytes, for those of other formats: "format" (its name, such as "umb" or "drn"), "discount",
 * "terminal" ("marked" | "absorbing" | "none"), "decimals" ("exact" | "shortest" | "simplest"), "reward" (a name). */
monotone_reply *monotone_model_from_file(const char *path, const char *options);
/* The bytes of a file of any format that is read; `name` stands in messages. */
monotone_reply *monotone_model_from_bytes(
    const void *bytes, int64_t length, const char *name, const char *options);
/* Further option: "decimals": how float64 becomes rational: "shortest" (default: 0.1 is 1/10), "exact" (the
 * binary fraction), "simplest" (the fraction of the smallest denominator that rounds to it: 1/3). */
monotone_reply *monotone_model_from_arrays(const monotone_model_arrays *arrays, const char *options);
/* The model as a file (monotone/mdp/v1): the reply's JSON. Option: "dense" (bool). */
monotone_reply *monotone_model_write(monotone_handle model, const char *options);

/* Closes a model, an audit or an environment. Replies that it gave stay. */
monotone_reply *monotone_close(monotone_handle handle);

/* -- Policies ----------------------------------------------------------------------------------------- */

/* The probabilities of a policy: the array "probabilities" (S, A), float64, zeros at terminal states; the JSON
 * is the policy's file (monotone/policy/v1), exact. Options: "arithmetic". */
monotone_reply *monotone_resolve_policy(
    monotone_handle model, const monotone_policy *policy, const char *options);

/* Evaluates a policy. Options: "arithmetic" ("auto" | "float64" | "certified" | "exact"), "force" (bool, no limit
 * of time on exact arithmetic). JSON: monotone/solution/v1. Arrays, float64: "return" (), "stateValues" (S),
 * "visitation" (S), "actionValues" (S, A), "advantages" (S, A), and for each the radius of its enclosure under
 * the name with "Radius" behind it. */
monotone_reply *monotone_solve(
    monotone_handle model, const monotone_policy *policy, const char *options);

/* -- Updates ------------------------------------------------------------------------------------------ */

/* Checks every claim on an update. Options: "arithmetic", "force", "claims" (list of ids; default all).
 * JSON: monotone/check/v2. Arrays: "outcome" (3) int8: improved, guaranteed, unchanged, 1 yes, 0 no, -1
 * undecided; "verdicts" (claims) int8: 1 holds, 0 violated, -1 undecided, 2 not applicable, 3 consistent; "quantities" (13) and
 * "quantitiesRadius" (13) float64 in the order of `monotone_catalogue`; "margins", "bounds" (claims) float64, each
 * with its radius, NaN where a claim has none. */
monotone_reply *monotone_check(
    monotone_handle model, const monotone_policy *current, const monotone_policy *candidate,
    const char *options);

/* The certificate of an update, every number rational. Options: "force". JSON: monotone/certificate/v1. */
monotone_reply *monotone_certificate(
    monotone_handle model, const monotone_policy *current, const monotone_policy *candidate,
    const char *options);

/* Applies an improvement rule. Options: "rule" (required), "iterations" (10), "delta", "step", "alpha",
 * "untilGap", "arithmetic", "force". JSON: monotone/improvement/v1. Arrays: "probabilities" (S, A), of the last
 * policy; "returns" (steps + 1), float64. */
monotone_reply *monotone_improve(
    monotone_handle model, const monotone_policy *start, const char *options);

/* -- Audits of a training run ------------------------------------------------------------------------- */

/* Opens an audit of successive policies. Options: "delta", "screen" (bool, float64 enclosures only). */
monotone_reply *monotone_audit_open(monotone_handle model, const char *options);
/* The next policy; from the second on the reply's JSON is the row of the update (an element of "updates" of
 * monotone/audit/v1), before it {}. Options: "loggedKL" (number, or text such as "nan"), "batch": an object with
 * the members of monotone/batch/v1 {"states", "actions", "advantages", "weights", "trajectories"}. A policy with
 * faults costs the updates into it and out of it their verdicts, no others. */
monotone_reply *monotone_audit_step(
    monotone_handle audit, const monotone_policy *policy, const char *options);
/* The ledger so far: monotone/audit/v1. */
monotone_reply *monotone_audit_document(monotone_handle audit);

/* -- Files and environments --------------------------------------------------------------------------- */

/* Checks a file: as `monotone validate --json`. `model` is the model of a policy or batch, or 0. */
monotone_reply *monotone_validate(
    const void *bytes, int64_t length, const char *name, monotone_handle model, const char *options);

/* Opens an environment of the catalogue ("CartPole-v1", …), one of Gymnasium ("gym:Acrobot-v1": its state cannot be
 * had, so "states" have no columns), or the model of a file. Options: "hidden" (list of
 * widths, default [64, 64]), "observation" ("oneHot" | "features"), "timeLimit", "environments" (count side by
 * side, default 1), "seed", "precision" of actions ("float64", default, | "float32"), "mujoco" (file of libmujoco,
 * for robots), and for Gymnasium "gymMake" (arguments of gymnasium.make, a JSON object as text), "gymImport" (modules
 * to import, with commas between), "python" (interpreter). JSON: {"name", "observationWidth", "actionWidth", "parameters": count, "discrete"}. */
monotone_reply *monotone_environment_open(const char *name, const char *options);
/* The same of an open model. */
monotone_reply *monotone_environment_of_model(monotone_handle model, const char *options);
/* Follows the policy of a flat vector of parameters, float64. Options: "steps" (1,000). Arrays: "observations"
 * (N, width), "actions" (N, width), "rewards" (N), "ends" (N) int8: 0 goes on, 1 terminal, 2 truncated,
 * "slots" (N) int32. JSON: {"episodes": [{"totalReward", "length"}, …]}. */
monotone_reply *monotone_rollout(
    monotone_handle environment, const monotone_array *parameters, const char *options);
/* Where N environments are. Arrays: "observations" (N, width), "states" (N, numbers of a state), "times" (N) int32:
 * steps since each episode began. */
monotone_reply *monotone_environment_states(monotone_handle environment);
/* Starts every environment anew: in states that "states" gave, or by chance where NULL. Arrays as above. */
monotone_reply *monotone_environment_restart(monotone_handle environment, const monotone_array *states);
/* Moves every environment on by an action, (N, width); an episode that ends is followed by the next in the same step.
 * Arrays as above, and "rewards" (N), "ends" (N) as of a rollout, "nextObservations" (N, width): what the actions
 * led to, also where an episode ended. */
monotone_reply *monotone_environment_step(monotone_handle environment, const monotone_array *actions);

#ifdef __cplusplus
}
#endif

#endif
