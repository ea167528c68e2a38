-- Which conversation of this partition holds a turn: of several one that ends there, else the one that grew last.
-- KEYS: the list of the turn's branch. ARGV: fingerprint, the turn's place in the list, its number, branch, prefix.
-- Returns nothing, or head, ledger, the last turn's header, when it grew.
local turn = redis.call('LINDEX', KEYS[1], ARGV[2])
if not turn or string.sub(turn, 21, 36) ~= ARGV[1] then
  return {}
end
local number, branch, prefix = tonumber(ARGV[3]), ARGV[4], ARGV[5]
local candidates = {}
local owner = string.sub(branch, 1, 12)
if redis.call('GETRANGE', prefix .. 'c:' .. owner, 0, 7) == string.sub(branch, 13) then
  candidates[1] = owner
end
-- Of very many forks some are as good as all: nobody else waits for what one beginning has become.
local all = prefix .. 'f:' .. branch
local forks = redis.call('HLEN', all) > 64 and redis.call('HSCAN', all, 0, 'COUNT', 64)[2] or redis.call('HGETALL', all)
for i = 1, #forks, 2 do
  if tonumber(forks[i + 1]) >= number then
    candidates[#candidates + 1] = forks[i]
  end
end
local best, bestEnds, bestGrown
for _, token in ipairs(candidates) do
  local head = redis.call('GET', prefix .. 'c:' .. token)
  if head then
    local first, scope = string.match(head, '^[^\n]*\n(%d+)\n([^\n]*)\n')
    local own = prefix .. 't:' .. token .. string.sub(head, 1, 8)
    local ends = tonumber(first) - 1 + redis.call('LLEN', own) == number
    local grown = redis.call('ZSCORE', prefix .. 'z:' .. scope, token) or '0'
    if not best or (ends and not bestEnds) or (ends == bestEnds and tonumber(grown) > tonumber(bestGrown)) then
      best, bestEnds, bestGrown = {
        head,
        redis.call('HGET', prefix .. 'l:' .. string.sub(token, 1, 2), string.sub(token, 3)) or '',
        string.sub(redis.call('LINDEX', own, -1) or '', 1, 36),
        grown
      }, ends, grown
    end
  end
end
return best or {}
