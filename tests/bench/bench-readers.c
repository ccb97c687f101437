/* bench-readers.c — many WebSocket readers, and how long after its acknowledgement each read a change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
int
main (void)
{
  return 0;
}
