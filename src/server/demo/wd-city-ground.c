/* wd-city-ground.c — the demo city's river, brook, lake and parks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-build.h"

#include <math.h>

/* A point of a watercourse's middle line. */
typedef struct
{
  double u;
  double v;
  double half_width;
} WdReach;

/* A rounded shape: an ellipse whose edge wanders with `phase`. */
typedef struct
{
  const char *name;
  gboolean    water;
  double      u;
  double      v;
  double      half_u;
  double      half_v;
  double      phase;
} WdBlob;

#define BLOB_CORNERS 72

/* The river leaves the corridor between the two embankment roads in the east,
 * where it turns to the south; outside it goes on to where nobody looks. */
/* clang-format off */
static const WdReach river[] = {
  { -30000, -5200, 150 }, { -22000, -1200, 150 }, { -14500, -2600, 150 }, { -9500, -1300, 140 }, { -7300, -200, 135 },
  { -5600, 60, 125 },  { -4300, -140, 120 },  { -3000, -270, 125 },  { -1700, -120, 130 },  { -400, 150, 135 },
  { 800, 260, 140 },    { 1900, 110, 145 },    { 2900, -500, 150 },   { 3600, -1350, 155 },  { 4400, -2150, 165 },
  { 5500, -2600, 175 }, { 7400, -2600, 190 },  { 11500, -900, 200 },  { 17000, -2800, 220 }, { 30000, -1500, 240 },
};
static const WdReach brook[] = {
  { 5200, 26000, 22 }, { 2600, 16000, 22 }, { 3400, 9500, 24 }, { 2050, 5600, 25 }, { 1700, 4300, 26 },
  { 1540, 3300, 26 },  { 1130, 2450, 28 },  { 800, 1700, 29 },  { 330, 1000, 30 },  { 130, 560, 32 }, { -60, 150, 40 },
};
static const WdSpot river_labels[] = { { -2330, -215 }, { 1120, 262 }, { -4900, -50 }, { 7600, -2580 }, { -12000, -2100 } };
static const WdSpot brook_labels[] = { { 1460, 3130 }, { 560, 1350 } };
static const WdBlob blobs[] = {
  { "望湖",           TRUE,  -5190,  1640, 520, 640, 0.4 },
  { "青禾公园",       FALSE, -3150,  2400, 430, 270, 1.1 },
  { "中央公园",       FALSE,  -680,   980, 300, 260, 2.3 },
  { "望岭公园",       FALSE,  2050,  2480, 520, 330, 0.2 },
  { "云台山公园",     FALSE, -1300,  3880, 620, 300, 4.0 },
  { "锦帆湿地公园",   FALSE,  4050,  -420, 480, 420, 5.1 },
  { "柳堤公园",       FALSE, -4900, -1500, 380, 460, 3.0 },
  { "南苑体育公园",   FALSE,  -300, -1780, 340, 240, 0.9 },
  { "横塘植物园",     FALSE,  1700, -3420, 520, 320, 2.9 },
  { "会展公园",       FALSE,  4700,  1820, 330, 300, 1.9 },
};
/* clang-format on */

static double
spline (double p0,
        double p1,
        double p2,
        double p3,
        double t)
{
  return 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t +
                (3 * p1 - p0 - 3 * p2 + p3) * t * t * t);
}

/* A smooth line through the given reaches, a point about every 60 m. */
static GArray *
smooth (const WdReach *knots,
        gsize          n)
{
  GArray *line = g_array_new (FALSE, FALSE, sizeof (WdReach));

  for (gsize i = 0; i + 1 < n; i++)
    {
      const WdReach *p0 = &knots[i > 0 ? i - 1 : 0];
      const WdReach *p1 = &knots[i];
      const WdReach *p2 = &knots[i + 1];
      const WdReach *p3 = &knots[i + 2 < n ? i + 2 : n - 1];
      int            steps = MAX (1, (int)(hypot (p2->u - p1->u, p2->v - p1->v) / 60));

      for (int k = 0; k < steps; k++)
        {
          double  t = (double)k / steps;
          WdReach reach = { spline (p0->u, p1->u, p2->u, p3->u, t),
                            spline (p0->v, p1->v, p2->v, p3->v, t),
                            p1->half_width + (p2->half_width - p1->half_width) * t };

          g_array_append_val (line, reach);
        }
    }
  g_array_append_val (line, knots[n - 1]);
  return line;
}

/* The area between the banks, as a ring. */
static WdCityLine
banks (WdCityBuilder *b,
       GArray        *line)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (WdPoint));

  for (int side = 1; side >= -1; side -= 2)
    for (guint k = 0; k < line->len; k++)
      {
        guint          i = side > 0 ? k : line->len - 1 - k;
        const WdReach *here = &g_array_index (line, WdReach, i);
        const WdReach *before = &g_array_index (line, WdReach, i > 0 ? i - 1 : 0);
        const WdReach *after = &g_array_index (line, WdReach, MIN (i + 1, line->len - 1));
        double         du = after->u - before->u;
        double         dv = after->v - before->v;
        double         wide = side * here->half_width / hypot (du, dv);
        WdPoint        p = wd_city_plane_point ((WdSpot){ here->u + dv * wide, here->v - du * wide });

        g_array_append_val (points, p);
      }
  return wd_city_ring (b->city, points);
}

/* How far out the blob's edge is in a direction, as a share of its half axes. */
static double
blob_edge (const WdBlob *blob,
           double        angle)
{
  return 1 + 0.11 * sin (2 * angle + blob->phase) + 0.08 * sin (3 * angle + 2.3 * blob->phase) +
         0.03 * sin (7 * angle + blob->phase);
}

/* Metres from the spot to the blob's edge, about; negative inside. */
static double
blob_distance (const WdBlob *blob,
               WdSpot        spot)
{
  double u = (spot.u - blob->u) / blob->half_u;
  double v = (spot.v - blob->v) / blob->half_v;
  double out = hypot (u, v);

  return (out - blob_edge (blob, atan2 (v, u))) * MIN (blob->half_u, blob->half_v);
}

static WdCityLine
label_points (WdCityBuilder *b,
              const WdSpot  *spots,
              gsize          n)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (WdPoint));

  for (gsize i = 0; i < n; i++)
    {
      WdPoint p = wd_city_plane_point (spots[i]);

      g_array_append_val (points, p);
    }
  return wd_city_line (b->city, points);
}

static void
add_blob (WdCityBuilder *b,
          const WdBlob  *blob)
{
  WdCityGround ground = { blob->name, blob->water };
  GArray      *points = g_array_new (FALSE, FALSE, sizeof (WdPoint));

  for (int i = 0; i <= BLOB_CORNERS; i++)
    {
      double  angle = 2 * G_PI * (i % BLOB_CORNERS) / BLOB_CORNERS;
      double  out = blob_edge (blob, angle);
      WdPoint p = wd_city_plane_point ((WdSpot){ blob->u + out * blob->half_u * cos (angle),
                                                 blob->v + out * blob->half_v * sin (angle) });

      g_array_append_val (points, p);
    }
  ground.ring = wd_city_line (b->city, points);
  ground.labels = label_points (b, &(WdSpot){ blob->u, blob->v }, 1);
  g_array_append_val (b->grounds, ground);
}

static void
add_watercourse (WdCityBuilder *b,
                 const char    *name,
                 const WdReach *knots,
                 gsize          n,
                 const WdSpot  *labels,
                 gsize          n_labels)
{
  g_autoptr (GArray) line = smooth (knots, n);
  WdCityGround       ground = { name, TRUE, banks (b, line), label_points (b, labels, n_labels) };

  g_array_append_val (b->grounds, ground);
  for (guint i = 0; i < line->len; i++)
    {
      const WdReach *reach = &g_array_index (line, WdReach, i);

      if (fabs (reach->u) < 7000 && fabs (reach->v) < 5500) /* the city asks only inside */
        g_array_append_val (b->river, *reach);
    }
}

void
wd_city_lay_ground (WdCityBuilder *b)
{
  b->river = g_array_new (FALSE, FALSE, sizeof (WdReach));
  b->blobs = g_array_new (FALSE, FALSE, sizeof (WdBlob));
  g_array_append_vals (b->blobs, blobs, G_N_ELEMENTS (blobs));
  for (gsize i = 0; i < G_N_ELEMENTS (blobs); i++)
    add_blob (b, &blobs[i]);
  add_watercourse (b, "望溪", brook, G_N_ELEMENTS (brook), brook_labels, G_N_ELEMENTS (brook_labels));
  add_watercourse (b, "澄河", river, G_N_ELEMENTS (river), river_labels, G_N_ELEMENTS (river_labels));
}

gboolean
wd_city_is_dry (WdCityBuilder *b,
                WdSpot         spot,
                double         margin_m)
{
  for (guint i = 0; i < b->river->len; i++)
    {
      const WdReach *reach = &g_array_index (b->river, WdReach, i);
      double         near = reach->half_width + margin_m;

      if (fabs (spot.u - reach->u) < near && fabs (spot.v - reach->v) < near && hypot (spot.u - reach->u, spot.v - reach->v) < near)
        return FALSE;
    }
  for (guint i = 0; i < b->blobs->len; i++)
    {
      const WdBlob *blob = &g_array_index (b->blobs, WdBlob, i);

      if (blob->water && blob_distance (blob, spot) < margin_m)
        return FALSE;
    }
  return TRUE;
}

gboolean
wd_city_in_park (WdCityBuilder *b,
                 WdSpot         spot)
{
  for (guint i = 0; i < b->blobs->len; i++)
    {
      const WdBlob *blob = &g_array_index (b->blobs, WdBlob, i);

      if (!blob->water && blob_distance (blob, spot) < 0)
        return TRUE;
    }
  return FALSE;
}
