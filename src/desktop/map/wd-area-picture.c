/* wd-area-picture.c — all areas as one picture, made off the main thread and moved while the map moves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-picture.h"

#include "wd-stamp.h"

#include <math.h>

#define LARGER 1.5    /* than the view */
#define SETTLE_MS 120 /* without a move: the view has come to rest */

/* What a picture shows, or is to show. */
typedef struct
{
  WdCamera camera; /* of the picture */
  int      scale;
  gboolean dark;
  guint    edition; /* of the shapes */
} Frame;

struct _WdAreaPicture
{
  GtkWidget    *widget;
  GPtrArray    *shapes;
  guint         edition;
  GdkTexture   *texture;
  Frame         shown; /* by the texture */
  Frame         wanted;
  gboolean      painting;
  guint         settle;
  GCancellable *cancellable;
};

typedef struct
{
  GPtrArray *shapes;
  Frame      frame;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_ptr_array_unref (job->shapes);
  g_free (job);
}

WdAreaPicture *
wd_area_picture_new (GtkWidget *widget)
{
  WdAreaPicture *self = g_new0 (WdAreaPicture, 1);

  self->widget = widget;
  self->shapes = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_area_shape_unref);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
wd_area_picture_free (WdAreaPicture *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_object (&self->texture);
  g_ptr_array_unref (self->shapes);
  g_free (self);
}

void
wd_area_picture_set_shapes (WdAreaPicture *self,
                            GPtrArray     *shapes)
{
  g_ptr_array_unref (self->shapes);
  self->shapes = shapes;
  self->edition++;
  gtk_widget_queue_draw (self->widget);
}

static gboolean
is_same (const Frame *a,
         const Frame *b)
{
  return a->edition == b->edition && a->scale == b->scale && a->dark == b->dark && a->camera.scale == b->camera.scale &&
         a->camera.centre.x == b->camera.centre.x && a->camera.centre.y == b->camera.centre.y &&
         a->camera.width == b->camera.width && a->camera.height == b->camera.height;
}

static void
painted_cb (GObject      *widget,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);
  const Job             *job = g_task_get_task_data (G_TASK (result));
  WdAreaPicture         *self = data;

  if (texture == NULL) /* it was called off, and the picture is gone */
    return;
  self->painting = FALSE;
  g_set_object (&self->texture, texture);
  self->shown = job->frame;
  gtk_widget_queue_draw (self->widget);
}

static void
paint_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, wd_area_paint_texture (job->shapes, &job->frame.camera, job->frame.scale, job->frame.dark), g_object_unref);
}

static void
paint (WdAreaPicture *self)
{
  Job              *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = NULL;

  job->shapes = g_ptr_array_ref (self->shapes);
  job->frame = self->wanted;
  task = g_task_new (self->widget, self->cancellable, painted_cb, self);
  g_task_set_source_tag (task, paint);
  g_task_set_task_data (task, job, job_free);
  self->painting = TRUE;
  g_task_run_in_thread (task, paint_thread);
}

static gboolean
settled_cb (gpointer data)
{
  WdAreaPicture *self = data;

  self->settle = 0;
  if (!self->painting && !is_same (&self->shown, &self->wanted))
    paint (self);
  return G_SOURCE_REMOVE;
}

/* Whether the picture reaches over all of the view. */
static gboolean
covers (const Frame    *frame,
        const WdCamera *view)
{
  double stretch = view->scale / frame->camera.scale;
  double spare_x = (frame->camera.width * stretch - view->width) / 2, spare_y = (frame->camera.height * stretch - view->height) / 2;

  return fabs (view->centre.x - frame->camera.centre.x) * view->scale <= spare_x + 1 &&
         fabs (view->centre.y - frame->camera.centre.y) * view->scale <= spare_y + 1;
}

static void
want (WdAreaPicture  *self,
      const WdCamera *camera,
      int             scale,
      gboolean        dark)
{
  Frame    frame = { *camera, scale, dark, self->edition };
  gboolean other = self->texture == NULL || self->shown.edition != self->edition || self->shown.scale != scale || self->shown.dark != dark;
  gboolean moved = !other && (self->shown.camera.scale != camera->scale || !covers (&self->shown, camera));

  /* On whole pixels, and of whole pixels. */
  frame.camera.width = ceil (camera->width * LARGER);
  frame.camera.height = ceil (camera->height * LARGER);
  if (self->settle != 0 && is_same (&self->wanted, &frame))
    return;
  self->wanted = frame;
  if (self->painting || (!other && !moved))
    return;
  if (other || self->shown.camera.scale == camera->scale) /* nothing to show there: at once */
    {
      g_clear_handle_id (&self->settle, g_source_remove);
      paint (self);
      return;
    }
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

void
wd_area_picture_append (WdAreaPicture  *self,
                        GtkSnapshot    *snapshot,
                        const WdCamera *camera,
                        int             scale,
                        gboolean        dark)
{
  const WdCamera  *own = &self->shown.camera;
  double           stretch;
  graphene_point_t middle;
  graphene_rect_t  place;

  if (self->shapes->len == 0 && self->texture == NULL)
    return;
  want (self, camera, scale, dark);
  if (self->texture == NULL)
    return;
  stretch = camera->scale / own->scale;
  middle = wd_camera_project (camera, own->centre);
  place = GRAPHENE_RECT_INIT ((float)((double)middle.x - own->width * stretch / 2), (float)((double)middle.y - own->height * stretch / 2),
                              (float)(own->width * stretch), (float)(own->height * stretch));
  if (stretch == 1.0)
    place.origin = GRAPHENE_POINT_INIT (roundf (place.origin.x), roundf (place.origin.y));
  wd_stamp_append (self->texture, self->widget, snapshot, &place);
}
