-- Reads what has been learnt. KEYS: the version and how many outcomes each intent has had, then each intent's rungs.
local all = {}
for i, key in ipairs(KEYS) do all[i] = redis.call('HGETALL', key) end
return all
