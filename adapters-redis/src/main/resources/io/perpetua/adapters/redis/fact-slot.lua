-- What is around a statement. KEYS: ids by identity, the latest's ids by slot, facts by id, ids of all facts
-- ARGV: identity, slot. Answers the fact that is the same and the slot's latest, '' where there is none; how many there are
local function fact(id)
  return id and redis.call('HGET', KEYS[3], id) or ''
end
return {
  fact(redis.call('HGET', KEYS[1], ARGV[1])),
  fact(redis.call('HGET', KEYS[2], ARGV[2])),
  tostring(redis.call('ZCARD', KEYS[4]))
}
