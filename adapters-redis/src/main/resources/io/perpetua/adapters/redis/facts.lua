-- Some of the facts that an index names, the one kept last first. KEYS: an index, facts by id. ARGV: first rank, last rank
local facts = {}
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[1], ARGV[1], ARGV[2])) do
  local fact = redis.call('HGET', KEYS[2], id)
  if fact then facts[#facts + 1] = fact end
end
return facts
