/* test-symbols.c — symbols can be told apart, and the colours are those of the stylesheet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-glyphs.h"
#include "wd-test-display.h"

#include <adwaita.h>

static const char *const categories[] = { "no-water", "low-pressure", "leak", "burst", "quality", "meter", "billing",
                                          "cover", "hydrant", "drainage", "sewage-overflow", "service", "other" };

/* The painted symbol as a checksum; @grey drops the colours. */
static char *
paint (const char   *category,
       WdSymbolState state,
       gboolean      dark,
       gboolean      grey)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WD_SYMBOL_SQUARE, WD_SYMBOL_SQUARE);
  cairo_t         *cr = cairo_create (surface);
  g_autofree char *sum = NULL;

  wd_paint_set_color (cr, WD_COLOR_LAND, 1, dark);
  cairo_paint (cr);
  cairo_translate (cr, WD_SYMBOL_SQUARE / 2, WD_SYMBOL_SQUARE / 2);
  wd_symbol_paint (cr, category, state, WD_SYMBOL_WHOLE, dark);
  if (grey)
    {
      cairo_set_operator (cr, CAIRO_OPERATOR_HSL_SATURATION);
      cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
      cairo_paint (cr);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  sum = g_compute_checksum_for_data (G_CHECKSUM_MD5, cairo_image_surface_get_data (surface),
                                     (gsize)cairo_image_surface_get_stride (surface) * WD_SYMBOL_SQUARE);
  cairo_surface_destroy (surface);
  return g_steal_pointer (&sum);
}

static void
assert_new (GHashTable *seen,
            char       *sum,
            const char *what)
{
  if (!g_hash_table_add (seen, sum))
    g_error ("%s looks like one before it", what);
}

static void
test_categories (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char       *unknown = paint ("put-there-tomorrow", (WdSymbolState){ 0 }, FALSE, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    assert_new (seen, paint (categories[i], (WdSymbolState){ 0 }, FALSE, TRUE), categories[i]);
  g_assert_true (g_hash_table_contains (seen, unknown)); /* as “other” */
}

/* Colour is never alone: each state differs from each other without it, too. */
static void
test_states_without_colour (void)
{
  for (int dark = 0; dark <= 1; dark++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (int urgency = 0; urgency < WD_N_URGENCIES; urgency++)
        for (int marks = 0; marks < WD_MARK_PALE; marks++)
          {
            g_autofree char *what = g_strdup_printf ("urgency %d with marks %d", urgency, marks);

            /* What is selected has its ring in place of the waiting one. */
            if (marks & WD_MARK_SELECTED && marks & WD_MARK_SENT)
              continue;
            assert_new (seen, paint ("leak", (WdSymbolState){ (WdUrgency)urgency, (WdMarks)marks }, dark, TRUE), what);
          }
    }
}

static void
test_parts_make_the_whole (void)
{
  const WdSymbolState sent = { WD_URGENCY_NORMAL, WD_MARK_SENT };
  g_autofree char    *whole = paint ("leak", sent, FALSE, FALSE);
  g_autofree char    *plain = paint ("leak", (WdSymbolState){ 0 }, FALSE, FALSE);

  g_assert_cmpstr (whole, !=, plain);
}

/* On whole pixels at every size of text; another size is another picture. */
static void
test_glyphs_grow_with_text (void)
{
  static const double     sizes[] = { 1, 1.25, 1.5, 2, 3 };
  const WdSymbolState     late = { WD_URGENCY_LATE, WD_MARK_SUPERVISED };
  g_autoptr (WdMapGlyphs) glyphs = wd_map_glyphs_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int scale = 1; scale <= 2; scale++)
      {
        const WdGlyph *glyph;

        wd_map_glyphs_set_theme (glyphs, scale, sizes[i], FALSE);
        glyph = wd_map_glyphs_symbol (glyphs, "leak", late, WD_SYMBOL_WHOLE);
        g_assert_cmpfloat_with_epsilon (glyph->body.size.width, 32 * sizes[i], 0.01);
        g_assert_cmpfloat (glyph->box.size.width, >=, WD_SYMBOL_SQUARE * sizes[i]);
        g_assert_cmpint (gdk_texture_get_width (glyph->texture), ==, (int)glyph->box.size.width * scale);
        g_assert_cmpfloat (glyph->box.origin.x, ==, (int)glyph->box.origin.x);
        glyph = wd_map_glyphs_unit (glyphs, "东区", WD_PRESENCE_ONLINE, FALSE, FALSE);
        g_assert_cmpfloat (glyph->box.size.height, >=, 30 * sizes[i]);
        g_assert_cmpint (gdk_texture_get_height (glyph->texture), ==, (int)glyph->box.size.height * scale);
      }
}

static void
failed_cb (GtkCssProvider *provider,
           GtkCssSection  *section,
           const GError   *error,
           gpointer        data)
{
  g_autofree char *where = gtk_css_section_to_string (section);

  g_error ("%s: %s", where, error->message);
}

static void
test_stylesheet (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  g_autoptr (GBytes)         css = g_resources_lookup_data ("/waterdesk/style.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char           *colors = wd_palette_to_css (FALSE, FALSE);
  g_autoptr (GRegex)         regex = g_regex_new ("@(wd_[a-z0-9_]+)", 0, 0, NULL);
  g_autoptr (GMatchInfo)     match = NULL;

  g_assert_nonnull (css);
  g_signal_connect (style, "parsing-error", G_CALLBACK (failed_cb), NULL);
  gtk_css_provider_load_from_resource (style, "/waterdesk/style.css");

  g_regex_match_full (regex, g_bytes_get_data (css, NULL), (gssize)g_bytes_get_size (css), 0, 0, &match, NULL);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *definition = g_strdup_printf ("@define-color %s #", name);

      if (strstr (colors, definition) == NULL)
        g_error ("@%s is no colour of the palette", name);
    }
}

static void
test_colors_follow_the_theme (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  GdkRGBA    found, ink;

  for (int dark = 0; dark <= 1; dark++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      ink = wd_palette_get (WD_COLOR_INK, dark);
      g_assert_true (gtk_style_context_lookup_color (gtk_widget_get_style_context (label), "wd_ink", &found));
      g_assert_true (gdk_rgba_equal (&found, &ink));
    }
  g_object_unref (label);
}

static void
test_high_contrast (void)
{
  g_autofree char *css = wd_palette_to_css (FALSE, TRUE);

  g_assert_nonnull (strstr (css, "@define-color wd_line #7B848D;"));
  g_assert_nonnull (strstr (css, "@define-color wd_act_tint #FFFFFF;"));
  g_assert_nonnull (strstr (css, "@define-color wd_act #1B5FB0;"));
}

int
main (int argc, char *argv[])
{
  wd_test_display_start ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wd_palette_install (gdk_display_get_default ());

  g_test_add_func ("/symbols/each-category-has-its-own", test_categories);
  g_test_add_func ("/symbols/each-state-differs-without-colour-too", test_states_without_colour);
  g_test_add_func ("/symbols/a-sent-one-has-its-ring", test_parts_make_the_whole);
  g_test_add_func ("/symbols/on-the-map-grow-with-text", test_glyphs_grow_with_text);
  g_test_add_func ("/palette/the-stylesheet-uses-its-colours-alone", test_stylesheet);
  g_test_add_func ("/palette/colours-follow-the-theme", test_colors_follow_the_theme);
  g_test_add_func ("/palette/high-contrast-has-lines-and-no-tints", test_high_contrast);
  return g_test_run ();
}
