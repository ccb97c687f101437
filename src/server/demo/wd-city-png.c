/* wd-city-png.c — small PNG files of map tiles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-png.h"

#include <string.h>

#define MAX_COLOURS 256
#define N_SLOTS 2048 /* a power of two, some times MAX_COLOURS */

typedef struct
{
  const guint32 *exact;
  gsize          n_exact;
  guint32        drop; /* the bits of a colour that are given up */
  guint32        colours[MAX_COLOURS];
  int            n_colours;
  guint32        keys[N_SLOTS]; /* colour + 1, 0 = free */
  guint8         values[N_SLOTS];
} Palette;

/* The colour's index, a new one if need be; -1 if there is no room. */
static int
index_of (Palette *p,
          guint32  colour)
{
  guint slot = (colour * 2654435761u) >> 21;

  for (; p->keys[slot] != 0; slot = (slot + 1) % N_SLOTS)
    if (p->keys[slot] == colour + 1)
      return p->values[slot];
  if (p->n_colours == MAX_COLOURS)
    return -1;
  p->keys[slot] = colour + 1;
  p->values[slot] = (guint8)p->n_colours;
  p->colours[p->n_colours] = colour;
  return p->n_colours++;
}

static guint32
reduce (const Palette *p,
        guint32        colour)
{
  if (p->drop == 0)
    return colour;
  for (gsize i = 0; i < p->n_exact; i++)
    if (p->exact[i] == colour)
      return colour;
  return (colour & ~p->drop) | ((p->drop + 0x010101) >> 1 & p->drop);
}

static gboolean
index_pixels (Palette       *p,
              const guint32 *pixels,
              int            stride,
              int            width,
              int            height,
              guint8        *out)
{
  guint32 last = 0xff000000;
  int     index = 0;

  for (int y = 0; y < height; y++)
    {
      *out++ = 0; /* the row's filter: none */
      for (int x = 0; x < width; x++)
        {
          guint32 colour = pixels[(gsize)y * (gsize)stride + (gsize)x] & 0xffffff;

          if (colour != last)
            {
              index = index_of (p, reduce (p, colour));
              last = colour;
              if (index < 0)
                return FALSE;
            }
          *out++ = (guint8)index;
        }
    }
  return TRUE;
}

static GByteArray *
deflate (const guint8 *data,
         gsize         length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  GByteArray                 *out = g_byte_array_new ();
  guint8                      buffer[16384];
  GConverterResult            result;

  do
    {
      gsize n_read = 0;
      gsize n_written = 0;

      result = g_converter_convert (G_CONVERTER (compressor), data, length, buffer, sizeof buffer,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      g_assert (result != G_CONVERTER_ERROR);
      g_byte_array_append (out, buffer, (guint)n_written);
      data += n_read;
      length -= n_read;
    }
  while (result != G_CONVERTER_FINISHED);
  return out;
}

static guint32
crc (guint32       sum,
     const guint8 *data,
     gsize         length)
{
  static guint32 table[256];
  static gsize   ready;

  if (g_once_init_enter (&ready))
    {
      for (guint32 i = 0; i < 256; i++)
        {
          guint32 c = i;

          for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
          table[i] = c;
        }
      g_once_init_leave (&ready, 1);
    }
  for (gsize i = 0; i < length; i++)
    sum = table[(sum ^ data[i]) & 0xff] ^ (sum >> 8);
  return sum;
}

static void
append_number (GByteArray *out,
               guint32     number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *)&big, 4);
}

static void
append_chunk (GByteArray   *out,
              const char   *type,
              const guint8 *data,
              gsize         length)
{
  guint32 sum = crc (0xffffffffu, (const guint8 *)type, 4);

  append_number (out, (guint32)length);
  g_byte_array_append (out, (const guint8 *)type, 4);
  if (length > 0)
    g_byte_array_append (out, data, (guint)length);
  append_number (out, crc (sum, data, length) ^ 0xffffffffu);
}

static GBytes *
assemble (const Palette *p,
          int            width,
          int            height,
          const guint8  *rows)
{
  g_autoptr (GByteArray) body = deflate (rows, (gsize)(width + 1) * (gsize)height);
  GByteArray            *out = g_byte_array_new ();
  guint32                size[2] = { GUINT32_TO_BE ((guint32)width), GUINT32_TO_BE ((guint32)height) };
  guint8                 header[13] = { [8] = 8, 3 }; /* 8 bits, palette */
  guint8                 colours[MAX_COLOURS * 3];

  memcpy (header, size, sizeof size);
  for (int i = 0; i < p->n_colours; i++)
    for (int k = 0; k < 3; k++)
      colours[3 * i + k] = (guint8)(p->colours[i] >> (16 - 8 * k));
  g_byte_array_append (out, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  append_chunk (out, "IHDR", header, sizeof header);
  append_chunk (out, "PLTE", colours, (gsize)p->n_colours * 3);
  append_chunk (out, "IDAT", body->data, body->len);
  append_chunk (out, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
wd_city_png_encode (const guint32 *pixels,
                    int            stride,
                    int            width,
                    int            height,
                    const guint32 *exact,
                    gsize          n_exact)
{
  static const guint32 drops[] = { 0, 0x010101, 0x030303, 0x070707, 0x0f0f0f, 0x1f1f1f, 0x3f3f3f };
  g_autofree guint8   *rows = g_malloc ((gsize)(width + 1) * (gsize)height);
  g_autofree Palette  *p = g_new (Palette, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (drops); i++)
    {
      memset (p, 0, sizeof *p);
      p->exact = exact;
      p->n_exact = n_exact;
      p->drop = drops[i];
      if (index_pixels (p, pixels, stride, width, height, rows))
        return assemble (p, width, height, rows);
    }
  g_assert_not_reached (); /* the last leaves 64 colours, and the exact ones */
}
