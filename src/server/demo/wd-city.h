/* wd-city.h — the made-up city that the demo server plays in
 *
 * The same city every time: its own small generator with a fixed seed, no
 * clock, no file, no locale.  Everything is invented (streets, people,
 * companies, numbers); telephone numbers begin with 140, a range that has no
 * eleven-digit numbers, so that none of them can reach anybody.
 *
 * All positions are WGS-84 degrees, rounded to 0.000001; lengths are metres
 * and pipe diameters millimetres, as the member's name says.  Everything
 * belongs to the city and lives as long as it does; after wd_city_new() it is
 * never changed again, so that any number of threads may read it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"

G_BEGIN_DECLS

#define WD_CITY_NAME "澄禾市"
#define WD_CITY_ATTRIBUTION "自建示例"
#define WD_CITY_N_CUSTOMERS 20000
#define WD_CITY_PASSWORD "waterdesk"

/* An open line, or a ring whose last point repeats its first. */
typedef struct
{
  WdPoint *points;
  gsize    n_points;
} WdCityLine;

typedef struct
{
  const char *name;
  WdCityLine  ring;  /* counter-clockwise; neighbours share their vertices */
  WdPoint     label; /* where its name stands on the map */
} WdCityDistrict;

/* Rivers, the lake, parks: drawn and named, nobody lives there. */
typedef struct
{
  const char *name;
  gboolean    water; /* else a park */
  WdCityLine  ring;
  WdCityLine  labels; /* where its name may stand on the map */
} WdCityGround;

typedef enum
{
  WD_CITY_STREET_MAIN,    /* crosses the river on bridges */
  WD_CITY_STREET_MINOR,   /* ends at water and parks */
  WD_CITY_STREET_COUNTRY, /* leads out of the city: no addresses, no pipes */
} WdCityStreetKind;

typedef struct
{
  const char      *name;
  WdCityStreetKind kind;
  WdCityLine      *pieces; /* one, or several where water or a park cuts it */
  gsize            n_pieces;
} WdCityStreet;

/* One pipe from crossing to crossing under its street.  Equal node numbers
 * are one and the same joint; a dead end has a number of its own. */
typedef struct
{
  const char *id; /* P00001 */
  guint       street;
  int         diameter_mm;
  const char *material; /* 球墨铸铁, 钢, PE, 水泥 */
  guint       from_node;
  guint       to_node;
  WdCityLine  line;
} WdCityPipe;

typedef struct
{
  const char *id; /* V0001 */
  guint       pipe;
  guint       node; /* the joint beside which it sits */
  WdPoint     point;
} WdCityValve;

/* A housing compound or another address: everything behind one house number. */
typedef struct
{
  const char *name;
  const char *class; /* customer class of api: domestic, hospital, school, dialysis, fire, highrise, industry */
  guint   street;
  int     number; /* 人民路 118 号 */
  guint   district;
  WdPoint point;
  double  weight; /* its share of the city's customers, any scale */
  guint   first_building;
  guint   n_buildings;
  guint   first_customer;
  guint   n_customers;
} WdCityCompound;

typedef struct
{
  WdPoint corners[4];
  guint   compound;
  int     floors;
} WdCityBuilding;

typedef struct
{
  const char *account; /* ten digits, distinct */
  const char *name;
  const char *phone;
  const char *address; /* 人民路 118 号青禾花园 3 幢 602 室 */
  const char *class;
  guint   compound;
  WdPoint point;
} WdCityCustomer;

typedef struct
{
  const char *name; /* 东1 */
  const char *leader;
  int         heads;
} WdCityCrew;

typedef struct
{
  const char       *code; /* east, west, south, north, drainage, quality, inspection, metering */
  const char       *name;
  const char       *kind; /* supply, drainage, quality, inspection, other */
  const char       *short_name;
  WdCityLine        ring;      /* the supply territories tile the city, the others cover it whole */
  const char       *territory; /* that ring as a GeoJSON geometry */
  WdPoint           desk;
  const char       *extension; /* of the duty desk's telephone */
  const char       *principal; /* R3: overall */
  const char       *deputy;    /* R3: in charge */
  const char       *handler;   /* R3: does it full-time */
  const WdCityCrew *crews;
  gsize             n_crews;
} WdCityUnit;

typedef struct
{
  const char *user; /* all with WD_CITY_PASSWORD */
  const char *name;
  const char *role;
  const char *unit; /* code, or NULL for the centre */
} WdCityStaff;

typedef struct
{
  double west; /* what lies inside: districts and all that is above */
  double south;
  double east;
  double north;

  const WdCityDistrict *districts;
  gsize                 n_districts;
  const WdCityGround   *grounds;
  gsize                 n_grounds;
  const WdCityLine     *shades; /* superblocks drawn a little darker */
  gsize                 n_shades;
  const WdCityStreet   *streets;
  gsize                 n_streets;
  const WdCityPipe     *pipes;
  gsize                 n_pipes;
  const WdCityValve    *valves;
  gsize                 n_valves;
  const WdCityCompound *compounds;
  gsize                 n_compounds;
  const WdCityBuilding *buildings;
  gsize                 n_buildings;
  const WdCityCustomer *customers;
  gsize                 n_customers;
  const WdCityUnit     *units;
  gsize                 n_units;
  const WdCityStaff    *staff;
  gsize                 n_staff;

  /*< private >*/
  GStringChunk *strings;
  GPtrArray    *memory;
} WdCity;

WdCity *wd_city_new (void);
void    wd_city_free (WdCity *city);

/* TRUE where the point lies inside the ring (even-odd rule). */
gboolean wd_city_ring_holds (const WdCityLine *ring,
                             WdPoint           point);

/* The unit whose work a category is (api §6) at this place; by territory for
 * what the supply companies do.  NULL for a place outside the city. */
const char *wd_city_responsible (const WdCity *city,
                                 const char   *category,
                                 WdPoint       point);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCity, wd_city_free)

G_END_DECLS
