-- Adds a job unless too many are open. KEYS: the open jobs. ARGV: its name, itself, most of all, most of its tenant, what
-- the names of its tenant's begin with. Returns 0 when it was added, 1 when all are too many, 2 when its tenant's are.
local names = redis.call('HKEYS', KEYS[1])
if #names >= tonumber(ARGV[3]) then return 1 end
local tenants = 0
for _, name in ipairs(names) do
  if string.sub(name, 1, #ARGV[5]) == ARGV[5] then tenants = tenants + 1 end
end
if tenants >= tonumber(ARGV[4]) then return 2 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 0
