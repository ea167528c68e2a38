-- Answers that may be given again. Nothing of what was said is in this table, so its rows may be moved and deleted.
CREATE TABLE answer (
  pk INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE, -- SHA-256 in hexadecimal digits
  conversation INTEGER REFERENCES conversation ON DELETE CASCADE,
  until INTEGER NOT NULL,
  bytes INTEGER NOT NULL, -- of the completion
  provider TEXT NOT NULL,
  model TEXT NOT NULL
) STRICT;
CREATE INDEX answer_by_conversation ON answer (conversation);
CREATE INDEX answer_by_end ON answer (until);

-- The completions, in slots of 4,000 bytes filled up with zeros, of which a page holds exactly one. A slot is freed by
-- overwriting it with zeros and used again, never deleted, so its page is never split or joined with another and no copy
-- is left anywhere; and answers that come and go take up no more of the file than the most that were kept at a time.
CREATE TABLE answer_slot (
  pk INTEGER PRIMARY KEY,
  answer INTEGER, -- null where it is free
  ordinal INTEGER NOT NULL,
  text BLOB NOT NULL
) STRICT;
CREATE INDEX answer_slot_by_answer ON answer_slot (answer, ordinal);

CREATE TABLE answers_kept (entries INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
INSERT INTO answers_kept VALUES (0, 0);

CREATE TRIGGER answer_kept AFTER INSERT ON answer BEGIN
  UPDATE answers_kept SET entries = entries + 1, bytes = bytes + NEW.bytes;
END;

-- Whatever deletes an answer, the erasure of its conversation included.
CREATE TRIGGER answer_gone AFTER DELETE ON answer BEGIN
  UPDATE answers_kept SET entries = entries - 1, bytes = bytes - OLD.bytes;
  UPDATE answer_slot SET answer = NULL, ordinal = 0, text = zeroblob(4000) WHERE answer = OLD.pk;
END;
