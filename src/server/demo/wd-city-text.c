/* wd-city-text.c — what is said in the demo city: orders, notes, results
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-text.h"

#include "wd-city-build.h"
#include "wd-city-names.h"
#include "wd-city-phrases.h"
#include "wd-mercator.h"

#include <math.h>
#include <string.h>

/* Orders come in stretches; in one stretch at most one thing happens that many
 * people call about. */
#define STRETCH 40
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

typedef enum
{
  ALONE,
  BURST,
  BROWN
} IncidentKind;

typedef struct
{
  IncidentKind kind;
  guint        first;   /* place of its first call in the stretch */
  guint        n_calls; /* two of three calls from there on are about it */
  WdPoint      middle;
  guint        pipe;
} Incident;

typedef struct
{
  const WdCity         *city;
  WdDice                dice;
  const WdPhrases      *phrases;
  const WdCityCompound *compound;
  WdCityOrder          *order;
} Writer;

static WdDice
dice_for (guint64     n,
          const char *purpose)
{
  WdDice dice = { n * G_GUINT64_CONSTANT (0xd6e8feb86659fd93) ^ g_str_hash (purpose) };

  wd_dice_next (&dice);
  return dice;
}

static const char *
pick (WdDice            *dice,
      const char *const *list)
{
  return list[wd_dice_below (dice, g_strv_length ((char **)list))];
}

static const WdPhrases *
phrases_of (const char *category)
{
  for (gsize i = 0; i < wd_n_phrases; i++)
    if (g_str_equal (wd_phrases[i].category, category))
      return &wd_phrases[i];
  return &wd_phrases[wd_n_phrases - 1]; /* other */
}

/* Fills in the words in braces; without a place, {e} and {s} are the nearby one. */
static char *
fill_in (const WdCity         *city,
         const WdCityCompound *compound,
         WdDice               *dice,
         const char           *sentence)
{
  GString *text = g_string_new (NULL);

  for (const char *s = sentence; *s != '\0'; s++)
    {
      if (s[0] != '{' || s[1] == '\0' || s[2] != '}')
        {
          g_string_append_c (text, *s);
          continue;
        }
      switch (s[1])
        {
        case 't': g_string_append (text, pick (dice, wd_phrases_since)); break;
        case 'h': g_string_append (text, pick (dice, wd_phrases_for)); break;
        case 'e': g_string_append (text, compound ? compound->name : "该小区"); break;
        case 's': g_string_append (text, compound ? city->streets[compound->street].name : "该路段"); break;
        case 'n': g_string_append_printf (text, " %d", compound ? compound->number : 1); break;
        case 'f': g_string_append_printf (text, "%u", 3 + wd_dice_below (dice, 9)); break;
        case 'm': g_string_append_printf (text, "%u", 80 + wd_dice_below (dice, 400)); break;
        case 'k': g_string_append_printf (text, "%u", 18 + wd_dice_below (dice, 60)); break;
        default: g_assert_not_reached ();
        }
      s += 2;
    }
  return g_string_free (text, FALSE);
}

static const WdCityCompound *
random_compound (const WdCity *city,
                 WdDice       *dice)
{
  return &city->compounds[city->customers[wd_dice_below (dice, (guint)city->n_customers)].compound];
}

/* The pipe under the compound's own street that is nearest to it. */
static guint
nearest_pipe (const WdCity         *city,
              const WdCityCompound *compound)
{
  guint  best = 0;
  double least = 1e9;

  for (guint i = 0; i < city->n_pipes; i++)
    if (city->pipes[i].street == compound->street)
      {
        const WdCityLine *line = &city->pipes[i].line;
        double            d = wd_point_distance (compound->point, line->points[line->n_points / 2]);

        if (d < least)
          {
            least = d;
            best = i;
          }
      }
  return best;
}

static WdPoint
point_on_pipe (const WdCity *city,
               guint         pipe,
               double        where)
{
  const WdCityLine *line = &city->pipes[pipe].line;
  double            at = where * (double)(line->n_points - 1);
  gsize             i = MIN ((gsize)at, line->n_points - 2);
  WdPoint           a = line->points[i];
  WdPoint           b = line->points[i + 1];
  double            t = at - (double)i;

  return (WdPoint){ round ((a.lon + (b.lon - a.lon) * t) * 1e6) / 1e6, round ((a.lat + (b.lat - a.lat) * t) * 1e6) / 1e6 };
}

static Incident
incident_of (const WdCity *city,
             guint64       stretch)
{
  WdDice   dice = dice_for (stretch, "incident");
  double   what = wd_dice_real (&dice, 0, 1);
  Incident incident = { what < 0.38 ? BURST : what < 0.7 ? BROWN
                                                         : ALONE };

  incident.first = 2 + wd_dice_below (&dice, 12);
  incident.n_calls = incident.kind == BURST ? 7 + wd_dice_below (&dice, 6) : 4 + wd_dice_below (&dice, 4);
  incident.pipe = nearest_pipe (city, random_compound (city, &dice));
  incident.middle = point_on_pipe (city, incident.pipe, 0.5);
  return incident;
}

/* Which call about the incident this one is, from 0; -1 for none of them. */
static int
call_number (const Incident *incident,
             guint           place)
{
  guint after = place - incident->first;

  if (incident->kind == ALONE || place < incident->first || after % 3 == 2 || after - after / 3 >= incident->n_calls)
    return -1;
  return (int)(after - after / 3);
}

/* A customer who lives that near; the nearest people otherwise. */
static const WdCityCustomer *
customer_near (Writer *w,
               WdPoint middle,
               double  metres)
{
  const WdCity         *city = w->city;
  g_autoptr (GArray)    near = g_array_new (FALSE, FALSE, sizeof (guint));
  const WdCityCompound *compound;

  for (; near->len == 0; metres *= 1.5)
    for (guint i = 0; i < city->n_compounds; i++)
      if (city->compounds[i].n_customers > 1 && wd_point_distance (city->compounds[i].point, middle) < metres)
        g_array_append_val (near, i);
  compound = &city->compounds[g_array_index (near, guint, wd_dice_below (&w->dice, near->len))];
  return &city->customers[compound->first_customer + wd_dice_below (&w->dice, compound->n_customers)];
}

static void
call_from_home (Writer               *w,
                const WdCityCustomer *customer)
{
  WdCityOrder *order = w->order;

  w->compound = &w->city->compounds[customer->compound];
  order->address = g_strdup (customer->address);
  order->point = customer->point;
  if (wd_dice_chance (&w->dice, 0.7))
    {
      order->caller_name = g_strdup (customer->name);
      order->caller_phone = g_strdup (customer->phone);
    }
  else
    {
      order->caller_name = wd_city_caller (&w->dice);
      order->caller_phone = wd_city_phone (&w->dice);
    }
  if (wd_dice_chance (&w->dice, 0.75))
    order->account = customer->account;
}

static void
call_from_street (Writer               *w,
                  const WdCityCompound *compound,
                  guint                 pipe)
{
  static const char *const where[] = { "附近", "对面", "门前", "路口", "公交站旁", NULL };
  WdCityOrder             *order = w->order;

  w->compound = compound;
  order->point = point_on_pipe (w->city, pipe, wd_dice_real (&w->dice, 0.1, 0.9));
  order->address = g_strdup_printf ("%s %d 号%s", w->city->streets[compound->street].name, compound->number, pick (&w->dice, where));
  order->caller_name = wd_city_caller (&w->dice);
  order->caller_phone = wd_city_phone (&w->dice);
}

static const WdPhrases *
random_phrases (WdDice *dice)
{
  guint all = 0;
  guint left;
  gsize i = 0;

  for (gsize k = 0; k < wd_n_phrases; k++)
    all += (guint)wd_phrases[k].weight;
  for (left = wd_dice_below (dice, all); left >= (guint)wd_phrases[i].weight; i++)
    left -= (guint)wd_phrases[i].weight;
  return &wd_phrases[i];
}

static void
choose_channel (Writer *w,
                guint64 n)
{
  /* clang-format off */
  static const struct {
    const char *channel;
    int         at_home, outdoors; /* of 100 */
    const char *reference; /* the platform's mark in front of its number */
    int         hours;
  } channels[] = {
    { "hotline", 72, 56, NULL, 0 },        { "wechat", 11, 7, NULL, 0 },
    { "platform-12345", 9, 13, "12345", 72 }, { "digital-city", 0, 18, "SZCG", 12 },
    { "website", 5, 3, NULL, 0 },          { "weibo", 1, 1, NULL, 0 },
    { "media", 1, 1, "MT", 24 },           { "conduct", 1, 1, "HF", 72 },
  };
  /* clang-format on */
  int   left = (int)wd_dice_below (&w->dice, 100);
  gsize i = 0;

  for (; left >= (w->phrases->outdoors ? channels[i].outdoors : channels[i].at_home); i++)
    left -= w->phrases->outdoors ? channels[i].outdoors : channels[i].at_home;
  w->order->channel = channels[i].channel;
  if (channels[i].reference == NULL)
    return;
  w->order->reference = g_strdup_printf ("%s-%07" G_GUINT64_FORMAT, channels[i].reference, 4127 + n * 3);
  w->order->due_after_ms = channels[i].hours * HOUR_MS * (wd_dice_chance (&w->dice, 0.25) ? 2 : 1);
}

static void
write_text (Writer            *w,
            const char *const *texts)
{
  g_autofree char *text = fill_in (w->city, w->compound, &w->dice, pick (&w->dice, texts));
  gboolean         urgent = texts == w->phrases->texts && g_str_equal (w->phrases->nature, "repair");
  const char      *ending = urgent && wd_dice_chance (&w->dice, 0.4) ? pick (&w->dice, wd_phrases_endings) : "";
  gsize            n_points = g_strv_length ((char **)w->phrases->points);

  w->order->text = g_strconcat (text, ending, NULL);
  w->order->category = w->phrases->category;
  w->order->nature = wd_dice_chance (&w->dice, 0.85) ? w->phrases->nature : w->phrases->other_nature;
  if (n_points > 1 && wd_dice_chance (&w->dice, 0.35))
    {
      gsize first = wd_dice_below (&w->dice, (guint)n_points - 1);

      w->order->points = g_new0 (char *, 3);
      w->order->points[0] = g_strdup (w->phrases->points[first]);
      w->order->points[1] = g_strdup (w->phrases->points[first + 1]);
    }
}

static void
write_incident (Writer         *w,
                const Incident *incident,
                int             call)
{
  double what = wd_dice_real (&w->dice, 0, 1);

  if (incident->kind == BROWN)
    {
      w->phrases = phrases_of ("quality");
      call_from_home (w, customer_near (w, incident->middle, 300));
      write_text (w, wd_phrases_brown);
    }
  else if (call == 0 || what > 0.93)
    {
      w->phrases = phrases_of ("burst");
      call_from_street (w, &w->city->compounds[customer_near (w, incident->middle, 120)->compound], incident->pipe);
      write_text (w, wd_phrases_burst);
    }
  else
    {
      w->phrases = phrases_of (what < 0.7 ? "no-water" : "low-pressure");
      call_from_home (w, customer_near (w, incident->middle, 380));
      write_text (w, what < 0.7 ? wd_phrases_dry : wd_phrases_weak);
    }
}

static void
write_alone (Writer *w)
{
  const WdCityCustomer *customer = &w->city->customers[wd_dice_below (&w->dice, (guint)w->city->n_customers)];

  w->phrases = random_phrases (&w->dice);
  if (w->phrases->outdoors)
    {
      const WdCityCompound *compound = &w->city->compounds[customer->compound];

      call_from_street (w, compound, nearest_pipe (w->city, compound));
    }
  else
    call_from_home (w, customer);
  write_text (w, w->phrases->texts);
}

WdCityOrder *
wd_city_order_new (const WdCity *city,
                   guint64       n)
{
  Incident incident = incident_of (city, n / STRETCH);
  int      call = call_number (&incident, (guint)(n % STRETCH));
  Writer   w = { city, dice_for (n, "order") };

  w.order = g_new0 (WdCityOrder, 1);
  if (call >= 0)
    {
      write_incident (&w, &incident, call);
      w.order->incident = n / STRETCH + 1;
    }
  else
    write_alone (&w);
  choose_channel (&w, n);
  w.order->unit = wd_city_responsible (city, w.order->category, w.order->point);
  return w.order;
}

void
wd_city_order_free (WdCityOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->text);
  g_free (order->caller_name);
  g_free (order->caller_phone);
  g_free (order->address);
  g_free (order->reference);
  g_strfreev (order->points);
  g_free (order);
}

char *
wd_city_answer_text (guint64     n,
                     const char *category)
{
  WdDice dice = dice_for (n, "answer");

  return g_strdup (pick (&dice, wd_phrases_answers));
}

char *
wd_city_note_text (guint64     n,
                   const char *category)
{
  WdDice dice = dice_for (n, "note");

  return fill_in (NULL, NULL, &dice, pick (&dice, phrases_of (category)->notes));
}

char *
wd_city_contact_text (guint64 n)
{
  WdDice dice = dice_for (n, "contact");

  return g_strdup (pick (&dice, wd_phrases_contacts));
}

char *
wd_city_finish_result (guint64     n,
                       const char *category)
{
  WdDice dice = dice_for (n, "result");

  return fill_in (NULL, NULL, &dice, pick (&dice, phrases_of (category)->results));
}

char *
wd_city_visit_text (guint64  n,
                    gboolean satisfied)
{
  WdDice dice = dice_for (n, "visit");

  return g_strdup (pick (&dice, satisfied ? wd_phrases_satisfied : wd_phrases_unsatisfied));
}

char *
wd_city_return_reason (guint64     n,
                       const char *category,
                       const char **class,
                       const char **suggested)
{
  /* clang-format off */
  static const struct { const char *category, *class, *suggested, *reason; } reasons[] = {
    { "leak", "not-ours", "drainage", "现场检测余氯为零，冒水来自雨水管，不属供水管网，请转排水公司。" },
    { "burst", "needs-other", "drainage", "供水管已止水，路面塌陷处排水管破裂，需排水公司处理。" },
    { "cover", "not-ours", "drainage", "井盖标识为雨水井，权属排水公司，现场已先行围护。" },
    { "quality", "needs-other", "quality", "直供水检测合格，需水质检测中心取样确定原因。" },
    { "hydrant", "needs-other", "inspection", "现场发现私接水带，属违法用水，需稽查大队到场取证。" },
    { "drainage", "wrong-place", NULL, "所述路口无雨水口积水，联系反映人后位置仍不明，请核实地址。" },
    { "sewage-overflow", "not-ours", NULL, "冒溢井位于小区红线内，由物业养护，非市政设施。" },
    { "meter", "not-ours", "metering", "水表校验与换表由营销计量公司负责，请转派。" },
    { "billing", "not-ours", "metering", "属抄表收费问题，请转营销计量公司。" },
    { "no-water", "other", "metering", "管网供水正常，用户因欠费停水，请转营销计量公司核实。" },
    { "low-pressure", "not-ours", NULL, "表前压力正常，小区二次供水由物业管理，已告知用户。" },
  };
  /* clang-format on */
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].category, category))
      {
        *class = reasons[i].class;
        *suggested = reasons[i].suggested;
        return g_strdup (reasons[i].reason);
      }
  *class = n % 3 == 0 ? "duplicate" : "wrong-place";
  *suggested = NULL;
  return g_strdup (n % 3 == 0 ? "与本单位在办工单为同一地点同一问题，请并单处理。" : "地址不在本单位辖区，请核实后转派。");
}
