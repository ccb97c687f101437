"""bench_first_copy.py — the first copy of 100,000 open orders, beside a file of the same size

SPDX-License-Identifier: GPL-3.0-or-later
"""
