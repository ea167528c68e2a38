-- Some of the facts that an index names, the one kept last first: as many as a number of bytes holds, but at least one. The
-- first value is how many names they were looked for by, 0 where the index ends with them. KEYS: an index, facts by id. ARGV: first rank, last rank, bytes
local facts = {''}
local ids = redis.call('ZREVRANGE', KEYS[1], ARGV[1], ARGV[2])
local named = 0
local left = tonumber(ARGV[3])
for _, id in ipairs(ids) do
  if left <= 0 then break end
  named = named + 1
  local fact = redis.call('HGET', KEYS[2], id)
  if fact then
    left = left - #fact
    facts[#facts + 1] = fact
  end
end
if named == #ids and named <= ARGV[2] - ARGV[1] then named = 0 end
facts[1] = tostring(named)
return facts
