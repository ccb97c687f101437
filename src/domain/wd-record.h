/* wd-record.h — plain structs described by one field table
 *
 * A record type is a C struct and a table with one row for each field.  The
 * table drives copying, freeing and comparing here, and JSON in wire/.  One
 * name per field: struct member = JSON member = SQL column.
 *
 * Absent values: NULL for text and nested records, 0 for enums (every enum
 * keeps 0 for “none”), times and durations, WD_INT_ABSENT for integers, NAN for reals and for
 * a point's longitude.  Lists are never NULL in a record made by
 * wd_record_new(); an empty list is an empty list, not an absent one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WD_INT_ABSENT G_MININT64

/* WGS-84 degrees (RFC 7946 order).  lon is NAN where there is no point. */
typedef struct
{
  double lon;
  double lat;
} WdPoint;

typedef enum
{
  WD_FIELD_TEXT,     /* char *         UTF-8 */
  WD_FIELD_ENUM,     /* int            a registered GEnum; its nick in JSON */
  WD_FIELD_INT,      /* gint64 */
  WD_FIELD_REAL,     /* double */
  WD_FIELD_BOOL,     /* gboolean */
  WD_FIELD_TIME,     /* gint64         milliseconds since 1970 UTC */
  WD_FIELD_DURATION, /* gint64         milliseconds */
  WD_FIELD_POINT,    /* WdPoint */
  WD_FIELD_TEXTS,    /* char **        GStrv */
  WD_FIELD_RECORD,   /* gpointer       a record of the type `nested` */
  WD_FIELD_RECORDS,  /* GPtrArray *    of records of the type `nested` */
  WD_FIELD_LIMITS,   /* GHashTable *   clock rule (char *) -> milliseconds (gint64 *) */
  WD_FIELD_TIMES,    /* GHashTable *   name (char *) -> time (gint64 *); made and filled as limits are */
  WD_FIELD_JSON      /* char *         JSON text kept as it came, such as a GeoJSON geometry */
} WdFieldKind;

typedef enum
{
  WD_FIELD_PLAIN = 0,
  /* Kept with the state but never shown: not a member of the body (api §6). */
  WD_FIELD_INNER = 1 << 0
} WdFieldFlags;

typedef struct _WdRecordType WdRecordType;

typedef struct
{
  const char  *name;
  WdFieldKind  kind;
  gsize        offset;
  WdFieldFlags flags;
  GType (*enum_type) (void);
  const WdRecordType *nested;
} WdField;

/* fields end with a row whose name is NULL. */
struct _WdRecordType
{
  const char    *name;
  gsize          size;
  const WdField *fields;
  GDestroyNotify free_record; /* what lists of such records free with */
};

/* Rows of a field table; a member of another C type than the kind stores does not compile. */
#define WD_FIELD_OF(Struct, member, CType, Kind, Flags, EnumType, Nested) \
  WD_FIELD_NAMED (#member, Struct, member, CType, Kind, Flags, EnumType, Nested)
#define WD_FIELD_NAMED(name, Struct, member, CType, Kind, Flags, EnumType, Nested)                                                        \
  {                                                                                                                                       \
    name, Kind,                                                                                                                           \
        offsetof (Struct, member) + 0 * sizeof (char[__builtin_types_compatible_p (__typeof__ (((Struct *)0)->member), CType) ? 1 : -1]), \
        Flags, EnumType, Nested                                                                                                           \
  }
#define WD_TEXT(S, m, flags) WD_FIELD_OF (S, m, char *, WD_FIELD_TEXT, flags, NULL, NULL)
#define WD_ENUM(S, m, E, enum_type, flags) WD_FIELD_OF (S, m, E, WD_FIELD_ENUM, flags, enum_type, NULL)
#define WD_INT(S, m, flags) WD_FIELD_OF (S, m, gint64, WD_FIELD_INT, flags, NULL, NULL)
#define WD_REAL(S, m, flags) WD_FIELD_OF (S, m, double, WD_FIELD_REAL, flags, NULL, NULL)
#define WD_BOOL(S, m, flags) WD_FIELD_OF (S, m, gboolean, WD_FIELD_BOOL, flags, NULL, NULL)
#define WD_TIME(S, m, flags) WD_FIELD_OF (S, m, gint64, WD_FIELD_TIME, flags, NULL, NULL)
#define WD_DURATION(S, m, flags) WD_FIELD_OF (S, m, gint64, WD_FIELD_DURATION, flags, NULL, NULL)
#define WD_POINT(S, m, flags) WD_FIELD_OF (S, m, WdPoint, WD_FIELD_POINT, flags, NULL, NULL)
#define WD_TEXTS(S, m, flags) WD_FIELD_OF (S, m, GStrv, WD_FIELD_TEXTS, flags, NULL, NULL)
#define WD_RECORD(S, m, T, nested, flags) WD_FIELD_OF (S, m, T *, WD_FIELD_RECORD, flags, NULL, &nested)
#define WD_RECORDS(S, m, nested, flags) WD_FIELD_OF (S, m, GPtrArray *, WD_FIELD_RECORDS, flags, NULL, &nested)
#define WD_LIMITS(S, m, flags) WD_FIELD_OF (S, m, GHashTable *, WD_FIELD_LIMITS, flags, NULL, NULL)
#define WD_TIMES(S, m, flags) WD_FIELD_OF (S, m, GHashTable *, WD_FIELD_TIMES, flags, NULL, NULL)
#define WD_JSON(S, m, flags) WD_FIELD_OF (S, m, char *, WD_FIELD_JSON, flags, NULL, NULL)

gpointer wd_record_new (const WdRecordType *type);
gpointer wd_record_copy (const WdRecordType *type, gconstpointer record);
void     wd_record_free (const WdRecordType *type, gpointer record);
gboolean wd_record_equal (const WdRecordType *type, gconstpointer a, gconstpointer b);

/* Members of commands and events (wd-command.h) into the field of the same name: a nothing `mv`
 * clears it, limits are merged, a field that is not there is left alone (FALSE).
 * A value of another type than the field's kind takes is a programmer's error. */
gboolean wd_record_set_variant (const WdRecordType *type, gpointer record, const char *name, GVariant *value);

/* All that is present as a{sv}.  Returns: (transfer full) */
GVariant *wd_record_to_variant (const WdRecordType *type, gconstpointer record);

/* An empty list of records of @type that frees what it holds. */
GPtrArray *wd_records_new (const WdRecordType *type);

/* An empty table of limits, and one entry of it.  Returns: milliseconds, 0 where @rule has no limit. */
GHashTable *wd_limits_new (void);
void        wd_limits_set (GHashTable *limits, const char *rule, gint64 milliseconds);
gint64      wd_limits_get (GHashTable *limits, const char *rule);

gboolean wd_point_is_set (const WdPoint *point);

/* The nick of an enum value, NULL for 0; and back, 0 where no value has that nick. */
const char *wd_enum_nick (GType enum_type, int value);
int         wd_enum_value (GType enum_type, const char *nick);

/* Declares Struct *prefix_new, _copy, _free, with g_autoptr, for the record type prefix_type. */
#define WD_DECLARE_RECORD(Struct, prefix)                         \
  extern const WdRecordType prefix##_type;                        \
  Struct                   *prefix##_new (void);                  \
  Struct                   *prefix##_copy (const Struct *record); \
  void                      prefix##_free (Struct *record);       \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Struct, prefix##_free)

#define WD_DEFINE_RECORD(Struct, prefix, NAME, FIELDS)                                                        \
  const WdRecordType prefix##_type = { NAME, sizeof (Struct), FIELDS, (GDestroyNotify)prefix##_free };        \
  Struct            *prefix##_new (void) { return wd_record_new (&prefix##_type); }                           \
  Struct            *prefix##_copy (const Struct *record) { return wd_record_copy (&prefix##_type, record); } \
  void               prefix##_free (Struct *record) { wd_record_free (&prefix##_type, record); }

G_END_DECLS
