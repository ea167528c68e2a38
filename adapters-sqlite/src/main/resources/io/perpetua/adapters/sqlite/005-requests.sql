-- Appends of the last days, so that one that is tried again is not made twice.
CREATE TABLE request (
  pk INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  at INTEGER NOT NULL -- seconds since 1970
) STRICT;
