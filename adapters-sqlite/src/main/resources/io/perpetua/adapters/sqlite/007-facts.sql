-- What facts say, and who vouches for them, stands in rows that are only ever added at a table's end and emptied in
-- place, as the first migration has it. What changes stands apart, and tells nothing: digests, numbers and times.

CREATE TABLE fact_text (
  pk INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  predicate TEXT NOT NULL,
  object TEXT NOT NULL,
  datatype TEXT
) STRICT;

CREATE TABLE fact (
  pk INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  id TEXT NOT NULL,
  user TEXT,
  confined TEXT, -- the only conversation that it holds in
  text INTEGER NOT NULL REFERENCES fact_text,
  identity TEXT NOT NULL, -- digest of holder and triple
  slot TEXT NOT NULL, -- digest of holder, subject and predicate
  latest INTEGER NOT NULL, -- 1 where it is its slot's latest
  subject INTEGER NOT NULL, -- the first 64 bits of a digest, as the next two
  predicate INTEGER NOT NULL,
  object INTEGER NOT NULL,
  confidence REAL NOT NULL, -- of all sources together
  recorded_at INTEGER NOT NULL, -- microseconds since 1970, as every instant here
  valid_from INTEGER NOT NULL,
  valid_to INTEGER, -- null while it holds
  supersedes TEXT,
  superseded_by TEXT,
  UNIQUE (tenant, namespace, id),
  UNIQUE (tenant, namespace, identity)
) STRICT;
CREATE INDEX fact_by_slot ON fact (tenant, namespace, slot) WHERE latest = 1;
CREATE INDEX fact_by_age ON fact (tenant, namespace, recorded_at, id);
CREATE INDEX fact_by_subject ON fact (tenant, namespace, subject, recorded_at, id);
CREATE INDEX fact_by_predicate ON fact (tenant, namespace, predicate, recorded_at, id);
CREATE INDEX fact_by_object ON fact (tenant, namespace, object, recorded_at, id);
CREATE INDEX fact_by_user ON fact (tenant, namespace, user, recorded_at, id) WHERE user IS NOT NULL;

-- The times in which a fact held before the last.
CREATE TABLE fact_span (
  fact INTEGER NOT NULL REFERENCES fact ON DELETE CASCADE,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;
CREATE INDEX fact_span_by_fact ON fact_span (fact, since);

CREATE TABLE fact_source (
  pk INTEGER PRIMARY KEY,
  fact INTEGER REFERENCES fact,
  origin TEXT NOT NULL,
  document TEXT,
  doc_id TEXT,
  page INTEGER,
  region_id TEXT,
  path_line TEXT,
  conversation TEXT,
  written INTEGER, -- the first 64 bits of a digest of the document's name
  heard INTEGER, -- the same of the conversation's
  confidence INTEGER NOT NULL, -- the bits of a double, which take as much room whatever it is
  observed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX fact_source_by_fact ON fact_source (fact);
CREATE INDEX fact_source_by_document ON fact_source (written, fact) WHERE written IS NOT NULL;
CREATE INDEX fact_source_by_conversation ON fact_source (heard, fact) WHERE heard IS NOT NULL;

-- How many facts a scope has.
CREATE TABLE fact_count (
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  facts INTEGER NOT NULL,
  PRIMARY KEY (tenant, namespace)
) STRICT, WITHOUT ROWID;

-- Through which turn a model has read a conversation.
CREATE TABLE fact_reading (
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  conversation TEXT NOT NULL,
  turn INTEGER NOT NULL,
  PRIMARY KEY (tenant, namespace, conversation)
) STRICT, WITHOUT ROWID;
