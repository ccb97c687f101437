/* wd-palette.c — the colours, named once, light and dark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-palette.h"

#include <adwaita.h>

typedef struct
{
  const char *name;
  guint32     light;
  guint32     dark;
  WdColor     plain; /* what stands for it in high contrast */
} Row;

/* clang-format off */
static const Row rows[WD_N_COLORS] = {
  [WD_COLOR_PAPER]       = { "paper",       0xF1F2F4, 0x1A1D20, WD_COLOR_PAPER      },
  [WD_COLOR_SURFACE]     = { "surface",     0xFFFFFF, 0x23272B, WD_COLOR_SURFACE    },
  [WD_COLOR_SUNKEN]      = { "sunken",      0xE6E8EB, 0x131517, WD_COLOR_SUNKEN     },
  [WD_COLOR_LINE]        = { "line",        0xD3D7DB, 0x3A4046, WD_COLOR_LINE2      },
  [WD_COLOR_LINE2]       = { "line2",       0x7B848D, 0x7C858E, WD_COLOR_LINE2      },
  [WD_COLOR_INK]         = { "ink",         0x1C2126, 0xE9ECEF, WD_COLOR_INK        },
  [WD_COLOR_INK2]        = { "ink2",        0x525A63, 0xB4BBC2, WD_COLOR_INK2       },
  [WD_COLOR_INK3]        = { "ink3",        0x5F6770, 0x9DA5AD, WD_COLOR_INK3       },
  [WD_COLOR_ACT]         = { "act",         0x1B5FB0, 0x8AB8F0, WD_COLOR_ACT        },
  [WD_COLOR_ON_ACT]      = { "on_act",      0xFFFFFF, 0x0A1E36, WD_COLOR_ON_ACT     },
  [WD_COLOR_ACT_TINT]    = { "act_tint",    0xE3EDF9, 0x23384F, WD_COLOR_SURFACE    },
  [WD_COLOR_WARN]        = { "warn",        0xFFC93C, 0xF2B632, WD_COLOR_WARN       },
  [WD_COLOR_ON_WARN]     = { "on_warn",     0x2E2100, 0x2A1C00, WD_COLOR_ON_WARN    },
  [WD_COLOR_WARN_INK]    = { "warn_ink",    0x7A4F00, 0xF5C560, WD_COLOR_WARN_INK   },
  [WD_COLOR_WARN_TINT]   = { "warn_tint",   0xFFF3D0, 0x3B2F12, WD_COLOR_SURFACE    },
  [WD_COLOR_BREACH]      = { "breach",      0xB8121F, 0xFF7B72, WD_COLOR_BREACH     },
  [WD_COLOR_ON_BREACH]   = { "on_breach",   0xFFFFFF, 0x2B0304, WD_COLOR_ON_BREACH  },
  [WD_COLOR_BREACH_INK]  = { "breach_ink",  0xA50F1B, 0xFF9A92, WD_COLOR_BREACH_INK },
  [WD_COLOR_BREACH_TINT] = { "breach_tint", 0xFBE4E5, 0x45191B, WD_COLOR_SURFACE    },
  [WD_COLOR_OUTAGE]      = { "outage",      0x0B2F4F, 0x7FE3C4, WD_COLOR_OUTAGE     },
  [WD_COLOR_QUALITY]     = { "quality",     0x742A8C, 0xCB86FF, WD_COLOR_QUALITY    },
  [WD_COLOR_LAND]        = { "land",        0xECEEEF, 0x202428, WD_COLOR_LAND       },
  [WD_COLOR_BLOCK]       = { "block",       0xE3E6E8, 0x272C30, WD_COLOR_BLOCK      },
  [WD_COLOR_WATER]       = { "water",       0xC6D5DF, 0x1C3342, WD_COLOR_WATER      },
  [WD_COLOR_STREET]      = { "street",      0xFFFFFF, 0x373E45, WD_COLOR_STREET     },
  [WD_COLOR_PARK]        = { "park",        0xDCE4DC, 0x232C27, WD_COLOR_PARK       },
  [WD_COLOR_MAP_LABEL]   = { "map_label",   0x525B65, 0xA3ACB5, WD_COLOR_MAP_LABEL  },
};
/* clang-format on */

static guint32
get_rgb (WdColor  color,
         gboolean dark)
{
  return dark ? rows[color].dark : rows[color].light;
}

GdkRGBA
wd_palette_get (WdColor  color,
                gboolean dark)
{
  guint32 rgb;

  g_return_val_if_fail (color < WD_N_COLORS, (GdkRGBA){ 0 });

  rgb = get_rgb (color, dark);
  return (GdkRGBA){
    .red = (float)(rgb >> 16 & 0xFF) / 255.0f,
    .green = (float)(rgb >> 8 & 0xFF) / 255.0f,
    .blue = (float)(rgb & 0xFF) / 255.0f,
    .alpha = 1.0f,
  };
}

char *
wd_palette_to_css (gboolean dark,
                   gboolean high_contrast)
{
  GString *css = g_string_new (NULL);

  for (WdColor color = 0; color < WD_N_COLORS; color++)
    g_string_append_printf (css, "@define-color wd_%s #%06X;\n", rows[color].name,
                            get_rgb (high_contrast ? rows[color].plain : color, dark));
  return g_string_free (css, FALSE);
}

static void
style_changed_cb (AdwStyleManager *manager,
                  GParamSpec      *pspec,
                  GtkCssProvider  *colors)
{
  g_autofree char *css = wd_palette_to_css (adw_style_manager_get_dark (manager),
                                            adw_style_manager_get_high_contrast (manager));

  gtk_css_provider_load_from_data (colors, css, -1);
}

void
wd_palette_install (GdkDisplay *display)
{
  AdwStyleManager           *manager = adw_style_manager_get_for_display (display);
  g_autoptr (GtkCssProvider) colors = gtk_css_provider_new ();
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  style_changed_cb (manager, NULL, colors);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (style_changed_cb), colors, 0);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (style_changed_cb), colors, 0);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (colors), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);

  gtk_css_provider_load_from_resource (style, "/waterdesk/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}
