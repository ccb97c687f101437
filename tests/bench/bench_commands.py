"""bench_commands.py — durable commands per second with 32 clients, each sync made 5 ms slower

SPDX-License-Identifier: GPL-3.0-or-later
"""
