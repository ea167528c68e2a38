-- The text of turns, anchors and briefs stands in rows that are only ever added at a table's end, and emptied in place
-- (their owner becomes null) instead of deleted. So SQLite never moves them between pages: where it does it leaves
-- copies in the unused part of pages, which secure_delete does not reach.

CREATE TABLE conversation (
  pk INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  id TEXT NOT NULL,
  user TEXT,
  turns INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  mode TEXT NOT NULL,
  forked_from TEXT,
  created_at INTEGER NOT NULL, -- microseconds since 1970, as every instant here
  updated_at INTEGER NOT NULL,
  grown INTEGER NOT NULL, -- the outbox entry of its last growth: rises over all conversations
  UNIQUE (tenant, namespace, id)
) STRICT;
CREATE INDEX conversation_by_growth ON conversation (tenant, namespace, grown);

-- Stays until the outbox entry of its erasure is forgotten, so that its name is not used again before.
CREATE TABLE branch (
  pk INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (tenant, namespace, name)
) STRICT;

CREATE TABLE segment (
  conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  branch INTEGER NOT NULL REFERENCES branch,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (conversation, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_by_branch ON segment (branch, last);

CREATE TABLE turn (
  pk INTEGER PRIMARY KEY,
  branch INTEGER REFERENCES branch,
  number INTEGER NOT NULL,
  role TEXT NOT NULL,
  at INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  fingerprint BLOB,
  name TEXT,
  tool_call_id TEXT,
  tool_calls TEXT,
  media TEXT,
  text TEXT NOT NULL,
  wire TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX turn_by_place ON turn (branch, number);
CREATE INDEX turn_by_fingerprint ON turn (fingerprint, branch, number);

CREATE TABLE anchor (
  pk INTEGER PRIMARY KEY,
  conversation INTEGER REFERENCES conversation,
  id TEXT NOT NULL,
  text TEXT NOT NULL,
  tag TEXT,
  priority INTEGER NOT NULL,
  origin TEXT NOT NULL,
  turn INTEGER NOT NULL,
  subject TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX anchor_by_id ON anchor (conversation, id) WHERE conversation IS NOT NULL;

CREATE TABLE brief (
  pk INTEGER PRIMARY KEY,
  conversation INTEGER REFERENCES conversation,
  text TEXT NOT NULL,
  covers_through INTEGER NOT NULL,
  tokens INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX brief_by_conversation ON brief (conversation);

-- Turns first to last were written; where last is null, those from first on were erased.
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  branch INTEGER NOT NULL REFERENCES branch,
  first INTEGER NOT NULL,
  last INTEGER
) STRICT;
CREATE INDEX outbox_by_branch ON outbox (branch);

-- How much of the file emptied rows take up, in bytes.
CREATE TABLE waste (bytes INTEGER NOT NULL) STRICT;
INSERT INTO waste VALUES (0);
