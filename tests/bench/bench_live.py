"""bench_live.py — from a dispatch acknowledged to its change read by each of 200 live readers

SPDX-License-Identifier: GPL-3.0-or-later
"""
