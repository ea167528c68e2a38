-- Reads a conversation and turns of it. Which lists have its turns its head says; they are in the same partition.
-- KEYS: head, ledger, anchors, brief, pointers. ARGV: name in buckets, token, partition's prefix, how many bytes of turns
-- are enough, whether anchors and brief are wanted; then ranges of turns, each two numbers, (-n, 0) for the latest n.
-- Returns {pointer} where there is no head, else head, ledger, the last turn's header, anchors, brief, turns.
local head = redis.call('GET', KEYS[1])
if not head then
  return {redis.call('HGET', KEYS[5], ARGV[1]) or ''}
end
local first = tonumber(string.match(head, '^[^\n]*\n(%d+)\n'))
local own = ARGV[3] .. 't:' .. ARGV[2] .. string.sub(head, 1, 8)
local last = first - 1 + redis.call('LLEN', own)
local answer = {
  head,
  redis.call('HGET', KEYS[2], ARGV[1]) or '',
  string.sub(redis.call('LINDEX', own, -1) or '', 1, 36),
  ARGV[5] == '1' and redis.call('GET', KEYS[3]) or '',
  ARGV[5] == '1' and redis.call('GET', KEYS[4]) or ''
}
local stretches = {}
for branch, from, to in string.gmatch(head, '\n([^\t\n]+)\t(%d+)\t(%d+)\t') do
  stretches[#stretches + 1] = {ARGV[3] .. 't:' .. branch, tonumber(from), tonumber(to)}
end
stretches[#stretches + 1] = {own, first, last}
local turns, size, enough = {}, 0, tonumber(ARGV[4])
for i = 6, #ARGV, 2 do
  local from, to = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  if from < 0 then
    from, to = last + 1 + from, last
  end
  for _, stretch in ipairs(stretches) do
    local a, b = math.max(from, stretch[2]), math.min(to, stretch[3])
    while a <= b and size < enough do
      local some = redis.call('LRANGE', stretch[1], a - stretch[2], math.min(b, a + 31) - stretch[2])
      for _, turn in ipairs(some) do
        turns[#turns + 1] = turn
        size = size + #turn
      end
      a = a + 32
    end
    if size >= enough then break end
  end
  if size >= enough then break end
end
answer[6] = turns
return answer
