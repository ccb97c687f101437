/* wd-demo-stage.h — a demo's city, its basemap and its play, put on the server's parts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-service.h"

G_BEGIN_DECLS

typedef struct _WdDemoStage WdDemoStage;

/* Fills an empty store with the city; needs the ledger and the clock. */
WdDemoStage *wd_demo_stage_new (WdService *service, GError **error);

/* Plays from then on; needs all parts, with the writer not yet started. */
gboolean wd_demo_stage_start (WdDemoStage *stage, WdService *service, GError **error);

/* From the writer's thread. */
void wd_demo_stage_saw (WdDemoStage *stage, const WdCommit *commit);

/* Nothing more is played; before the service is taken down, and freed after that. */
void wd_demo_stage_stop (WdDemoStage *stage);
void wd_demo_stage_free (WdDemoStage *stage);

G_END_DECLS
