"""basemap.py — a basemap to be imported, and one that is spoilt

SPDX-License-Identifier: GPL-3.0-or-later
"""
import sqlite3
import struct
import zlib

PICTURE = b'\x89PNG\r\n\x1a\n'


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def write_basemap(path, spoilt):
    """MBTiles of plain blue around the city, or of what only begins as a picture does."""
    blue = (PICTURE + chunk(b'IHDR', struct.pack('>IIBBBBB', 256, 256, 8, 2, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress((b'\0' + bytes((0xc6, 0xd5, 0xdf)) * 256) * 256)) + chunk(b'IEND', b''))
    with sqlite3.connect(path) as db:
        db.execute('CREATE TABLE metadata (name TEXT, value TEXT)')
        db.execute('CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)')
        db.executemany('INSERT INTO metadata VALUES (?, ?)', [('name', 'plain'), ('format', 'png'), ('bounds', '120.1,30.1,120.3,30.3'),
                                                             ('minzoom', '11'), ('maxzoom', '12'), ('attribution', '自绘')])
        for zoom, columns, rows in ((11, range(1700, 1715), range(1196, 1212)), (12, range(3405, 3425), range(2400, 2416))):
            db.executemany('INSERT INTO tiles VALUES (?, ?, ?, ?)',
                           [(zoom, column, row, PICTURE + b'torn' if spoilt else blue) for column in columns for row in rows])
    db.close()
    return path
