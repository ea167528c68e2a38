-- Turns of a branch. KEYS: their list. ARGV: the first one's place in it, the last one's, how many bytes are enough.
local turns, size = {}, 0
for at = tonumber(ARGV[1]), tonumber(ARGV[2]) do
  local turn = redis.call('LINDEX', KEYS[1], at)
  if not turn then break end
  turns[#turns + 1] = turn
  size = size + #turn
  if size >= tonumber(ARGV[3]) then break end
end
return turns
