"""statements.py — every SQL statement of the house, as its sources have it

Each stands in a `static const WdStatement NAME = { "name", "SQL" … };` or a NAME[] of such rows,
parts of which may be macros: the preprocessor sees them, without what a file includes.  What looks
like a statement and can't be read is an error.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import glob
import os
import re
import subprocess

from server import SOURCE

LITERAL = r'"(?:[^"\\]|\\.)*"'
DEFINE = re.compile(r'^#define (?:[^\n]*\\\n)*[^\n]*\n', re.M)
INCLUDE = re.compile(r'^#include [^\n]*\n', re.M)
START = re.compile(r'WdStatement\s+\w+(?:\[\w*\])?\s*=')
ROW = rf'\{{\s*({LITERAL}),\s*((?:{LITERAL}\s*)+)\}}'
TABLE = re.compile(rf'static const WdStatement\s+\w+(?:\[\])?\s*=\s*(?:{ROW}|\{{\s*((?:{ROW},?\s*)+)\}});')


def text_of(literals):
    return ''.join(bytes(literal[1:-1], 'utf-8').decode('unicode_escape') for literal in re.findall(LITERAL, literals))


def sources(*rooms):
    for room in rooms:
        for path in sorted(glob.glob(os.path.join(SOURCE, 'src', room, '**', '*.[ch]'), recursive=True)):
            with open(path, encoding='utf-8') as file:
                yield os.path.relpath(path, SOURCE), file.read()


def statements(*rooms):
    """(file, name, SQL) of each statement of these rooms."""
    files = list(sources(*rooms))
    shared = ''.join(define for path, text in files if path.endswith('.h') for define in DEFINE.findall(text))
    found = []
    for path, text in files:
        wanted = len(START.findall(text))
        if not wanted:
            continue
        plain = subprocess.run(['cpp', '-P', '-w'], input=shared + INCLUDE.sub('', text), text=True, check=True, stdout=subprocess.PIPE).stdout
        tables = [match.group(0) for match in TABLE.finditer(plain)]
        if len(tables) != wanted:
            raise AssertionError(f'{path}: {wanted} tables of statements, of which {len(tables)} can be read')
        found += [(path, text_of(name), text_of(sql)) for table in tables for name, sql in re.findall(ROW, table)]
    return found
