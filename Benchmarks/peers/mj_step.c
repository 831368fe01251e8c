/* A bare loop of mj_step: the floor under stepping a robot.
 *
 *     cc -O2 -ffp-contract=off -o mj_step mj_step.c -ldl
 *     mj_step LIBRARY MODEL SKIP TRACE
 *
 * Makes the steps of a trace that `robot-bench` wrote, SKIP for each action, and nothing else: no observation,
 * no reward, no state read back. Prints the seconds of processor time, and the last x, which shows that the steps are the same.
 * Models and data are opaque; numbers go in and out by mj_setState and mj_getState.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { POSITIONS = 1 << 1, VELOCITIES = 1 << 2, HISTORIES = 1 << 4 };

static void *library;

static void *find(const char *name) {
  void *symbol = dlsym(library, name);
  if (!symbol) {
    fprintf(stderr, "no function %s\n", name);
    exit(1);
  }
  return symbol;
}

static void ignore(const char *message) { (void)message; }

int main(int count, char **arguments) {
  if (count != 5) return 64;
  library = dlopen(arguments[1], RTLD_NOW);
  FILE *file = fopen(arguments[4], "rb");
  if (!library || !file) return 66;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  double *trace = malloc(size);
  if (!trace || fread(trace, 1, size, file) != (size_t)size) return 66;

  void *(*load)(const char *, void *, char *, int) = find("mj_loadXML");
  void *(*make)(void *) = find("mj_makeData");
  void (*reset)(void *, void *) = find("mj_resetData");
  void (*forward)(void *, void *) = find("mj_forward");
  void (*step)(void *, void *) = find("mj_step");
  int (*state_size)(void *, int) = find("mj_stateSize");
  void (*get)(void *, void *, double *, int) = find("mj_getState");
  void (*set)(void *, void *, const double *, int) = find("mj_setState");
  *(void (**)(const char *))find("mju_user_warning") = ignore;

  char message[1000] = "";
  void *model = load(arguments[2], NULL, message, sizeof message);
  if (!model) {
    fprintf(stderr, "%s\n", message);
    return 65;
  }
  void *data = make(model);
  /* From version 3.6 on, histories of delayed controls stand before the warm start and the controls. */
  int controls = state_size(model, HISTORIES) == 0 ? 1 << 6 : 1 << 5;
  int skip = atoi(arguments[3]), state = trace[0], width = trace[1], steps = trace[2];
  const double *next = trace + 3;

  clock_t before = clock();
  for (int i = 0; i < steps; i++) {
    if (*next++) {
      reset(model, data);
      set(model, data, next, POSITIONS | VELOCITIES);
      forward(model, data);
      next += state;
    }
    set(model, data, next, controls);
    next += width;
    for (int k = 0; k < skip; k++) step(model, data);
  }
  double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;

  double *positions = malloc(sizeof(double) * state_size(model, POSITIONS));
  get(model, data, positions, POSITIONS);
  printf("%.9g %.17g\n", seconds, positions[0]);
  return 0;
}
