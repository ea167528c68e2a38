-- What became of each turn. Nothing of what was said is here; a conversation that is erased takes its name along.
CREATE TABLE journal (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL, -- milliseconds since 1970
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  conversation TEXT,
  fields TEXT NOT NULL
);
CREATE INDEX journal_at ON journal (at);
CREATE INDEX journal_tenant ON journal (tenant, at);
CREATE INDEX journal_conversation ON journal (conversation, at) WHERE conversation IS NOT NULL;

CREATE TABLE rollup (
  week TEXT PRIMARY KEY,
  document TEXT NOT NULL
) WITHOUT ROWID;
