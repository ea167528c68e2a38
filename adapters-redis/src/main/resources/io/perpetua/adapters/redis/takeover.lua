-- Gives the entries of some owners to another. KEYS: a partition's outbox. ARGV: the new owner, the number of its first new
-- field, then the owners. Returns what the entries are called now, each with the entry.
local entries = redis.call('HGETALL', KEYS[1])
local dead = {}
for i = 3, #ARGV do
  dead[ARGV[i]] = true
end
local taken, number = {}, tonumber(ARGV[2])
for i = 1, #entries, 2 do
  if dead[string.sub(entries[i], 1, 8)] then
    local field = ARGV[1] .. string.format('%.0f', number)
    number = number + 1
    redis.call('HSET', KEYS[1], field, entries[i + 1])
    redis.call('HDEL', KEYS[1], entries[i])
    taken[#taken + 1] = field
    taken[#taken + 1] = entries[i + 1]
  end
end
return taken
