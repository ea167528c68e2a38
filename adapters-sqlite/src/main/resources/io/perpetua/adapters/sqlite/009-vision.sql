-- Documents. Their bytes are files in the directory "documents" beside this one, named by their ids, in which their scopes
-- are digested. What regions say, and what owners say about documents, stands in rows that are emptied in place (see the
-- first script); all else holds no text and may be moved and deleted.

CREATE TABLE document (
  pk INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  id TEXT NOT NULL,
  conversation TEXT, -- the id of the one that it belongs to
  bytes INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  ready INTEGER NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (tenant, namespace, id)
) STRICT;
CREATE INDEX document_by_id ON document (id);
CREATE INDEX document_by_conversation ON document (tenant, namespace, conversation) WHERE conversation IS NOT NULL;

CREATE TABLE document_page (
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  number INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  resolution INTEGER NOT NULL,
  PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_region (
  pk INTEGER PRIMARY KEY,
  document INTEGER, -- null where it is emptied
  page INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  w INTEGER NOT NULL,
  h INTEGER NOT NULL,
  type TEXT NOT NULL,
  exact INTEGER NOT NULL,
  confidence REAL NOT NULL,
  tokens INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX document_region_by_place ON document_region (document, page, ordinal) WHERE document IS NOT NULL;

CREATE TABLE index_job (
  pk INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  id TEXT NOT NULL,
  document TEXT, -- its id, which need not be that of one that is kept
  conversation TEXT,
  force INTEGER NOT NULL,
  status TEXT NOT NULL,
  open INTEGER NOT NULL,
  done INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  error_code TEXT,
  error_message TEXT,
  at INTEGER NOT NULL,
  changed INTEGER NOT NULL, -- in seconds since 1970
  UNIQUE (tenant, namespace, id)
) STRICT;
CREATE INDEX index_job_open ON index_job (pk) WHERE open = 1;
CREATE INDEX index_job_ended ON index_job (changed) WHERE open = 0;
CREATE INDEX index_job_by_document ON index_job (tenant, namespace, document);
CREATE INDEX index_job_by_conversation ON index_job (tenant, namespace, conversation) WHERE conversation IS NOT NULL;

-- What is said about a document, or by a job about one to come.
CREATE TABLE document_description (
  pk INTEGER PRIMARY KEY,
  document INTEGER, -- null where it is another's, or emptied
  job INTEGER, -- the same
  media_type TEXT NOT NULL,
  address TEXT,
  metadata TEXT
) STRICT;
CREATE UNIQUE INDEX document_description_of ON document_description (document) WHERE document IS NOT NULL;
CREATE UNIQUE INDEX document_description_by ON document_description (job) WHERE job IS NOT NULL;

-- Documents that have been erased, and may be in the index still.
CREATE TABLE document_erased (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  namespace TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
