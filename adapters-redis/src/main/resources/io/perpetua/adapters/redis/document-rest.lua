-- Deletes what is left of a document that is not there. KEYS: the document, its pages, its bytes.
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
return redis.call('DEL', KEYS[2], KEYS[3])
