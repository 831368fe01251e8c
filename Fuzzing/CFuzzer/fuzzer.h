#ifndef CFUZZER_H
#define CFUZZER_H

#include <sys/syscall.h>
#include <unistd.h>

// A file that lives in memory, or -1.
static inline int fuzzer_memory_file(void) { return (int)syscall(SYS_memfd_create, "input", 0); }

#endif
