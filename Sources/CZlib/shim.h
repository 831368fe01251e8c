#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

// Macros that Swift does not see. Window bits: negative for bare deflate, 16 more for gzip.
static inline int monotone_inflate_init(z_stream *stream, int windowBits) {
  return inflateInit2(stream, windowBits);
}

static inline int monotone_deflate_init(z_stream *stream, int windowBits) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}

#endif
