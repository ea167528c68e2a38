-- What is said stands in rows of its own that are only ever added at the table's end and emptied in place, as in the
-- record's file; they are deleted when all of them are empty.

CREATE TABLE waiting (
  number INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  id TEXT NOT NULL,
  user TEXT,
  source TEXT,
  source_turns INTEGER,
  expected INTEGER NOT NULL,
  mode TEXT,
  request TEXT NOT NULL,
  first INTEGER NOT NULL,
  blind INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
CREATE INDEX waiting_by_conversation ON waiting (tenant, namespace, id, number);
CREATE INDEX waiting_by_source ON waiting (tenant, namespace, source, number) WHERE source IS NOT NULL;

CREATE TABLE said (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  turns TEXT NOT NULL
) STRICT;
