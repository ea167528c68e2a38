-- Runs commands if everything is still as its sender has seen it.
-- ARGV: how many conditions; each: command, key's number, how many arguments, arguments, the answer it must have ('' where
-- there is none); then commands: command, key's number, how many arguments, arguments. DELEACH deletes a set and the keys
-- that its members name after a prefix. Returns 0, or the first condition that does not hold and its answer.
local at = 2
for condition = 1, tonumber(ARGV[1]) do
  local last = at + 2 + tonumber(ARGV[at + 2])
  local found = redis.call(ARGV[at], KEYS[tonumber(ARGV[at + 1])], unpack(ARGV, at + 3, last))
  found = found and tostring(found) or ''
  if found ~= ARGV[last + 1] then
    return {condition, found}
  end
  at = last + 2
end
while at <= #ARGV do
  local key = KEYS[tonumber(ARGV[at + 1])]
  local last = at + 2 + tonumber(ARGV[at + 2])
  if ARGV[at] == 'DELEACH' then
    for _, member in ipairs(redis.call('SMEMBERS', key)) do
      redis.call('DEL', ARGV[last] .. member)
    end
    redis.call('DEL', key)
  else
    redis.call(ARGV[at], key, unpack(ARGV, at + 3, last))
  end
  at = last + 1
end
return {0, ''}
