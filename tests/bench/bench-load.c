/* bench-load.c — clients that post one command each, again as soon as the answer came
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
int
main (void)
{
  return 0;
}
