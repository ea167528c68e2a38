-- Keeps a page of a document that is there. KEYS: the document, its pages. ARGV: the page's number, the page.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 1
