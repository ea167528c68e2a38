-- Keys, without their secrets.
CREATE TABLE api_key (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  digest TEXT NOT NULL, -- SHA-256 of the secret in hexadecimal digits
  tenant TEXT NOT NULL,
  scopes TEXT NOT NULL,
  models TEXT, -- null for every model
  requests_per_minute INTEGER, -- null for no limit, as the next three
  requests_per_day INTEGER,
  tokens_per_minute INTEGER,
  tokens_per_day INTEGER,
  budget INTEGER, -- billionths of a dollar, null for any amount
  budget_period TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT;

-- How much of a limit is used. A meter that nobody has used in its window has no row.
CREATE TABLE meter (
  pk INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  most INTEGER NOT NULL,
  span TEXT NOT NULL, -- minute or day
  start INTEGER NOT NULL, -- of the window that the bucket is in
  until INTEGER NOT NULL, -- when it is full and its window over, if nobody uses it
  bucket BLOB NOT NULL, -- as Bucket4j writes it
  UNIQUE (name, most, span)
) STRICT;
CREATE INDEX meter_by_end ON meter (until);

-- What was spent of a budget in a period, and is reserved, in billionths of a dollar.
CREATE TABLE spending (
  pk INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  period TEXT NOT NULL,
  start INTEGER NOT NULL,
  until INTEGER, -- null where the period never ends
  amount INTEGER NOT NULL,
  UNIQUE (account, period, start)
) STRICT;
CREATE INDEX spending_by_end ON spending (until) WHERE until IS NOT NULL;

-- What is not settled yet. A row that is forgotten leaves its amount spent.
CREATE TABLE reservation (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  spending INTEGER NOT NULL REFERENCES spending ON DELETE CASCADE,
  amount INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX reservation_by_spending ON reservation (spending);
CREATE INDEX reservation_by_age ON reservation (at);
