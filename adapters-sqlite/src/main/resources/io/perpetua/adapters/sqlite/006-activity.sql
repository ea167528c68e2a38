-- When somebody added to a conversation last, whatever dates its turns carry, in seconds since 1970.
ALTER TABLE conversation ADD COLUMN active INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET active = unixepoch();
