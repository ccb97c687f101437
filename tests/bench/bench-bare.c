/* bench-bare.c — a bare SoupServer: the peer that takes bodies, commits inserts and broadcasts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
int
main (void)
{
  return 0;
}
