-- What has been learnt of the rungs of each intent: means, how many samples they are worth, and when each last changed.
CREATE TABLE standing (
  intent TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  success REAL NOT NULL,
  seconds REAL NOT NULL,
  dollars REAL NOT NULL,
  samples REAL NOT NULL,
  seen INTEGER NOT NULL,
  PRIMARY KEY (intent, provider, model)
) STRICT, WITHOUT ROWID;

-- How many outcomes of each intent there have been.
CREATE TABLE learnt (
  intent TEXT PRIMARY KEY,
  outcomes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
