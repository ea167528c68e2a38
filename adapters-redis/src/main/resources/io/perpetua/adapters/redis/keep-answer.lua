-- Keeps an answer with the conversation that it comes from, if that is there.
-- KEYS: the conversation's head, the set of its answers, the answer
-- ARGV: the answer's name in the set, the answer, milliseconds, what answers' keys begin with before their names
-- Now and then the set is rid of those that have gone.
local EVERY = 64
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
local added = redis.call('SADD', KEYS[2], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
if added == 1 and redis.call('SCARD', KEYS[2]) % EVERY == 0 then
  for _, name in ipairs(redis.call('SMEMBERS', KEYS[2])) do
    if redis.call('EXISTS', ARGV[4] .. name) == 0 then redis.call('SREM', KEYS[2], name) end
  end
end
return 1
