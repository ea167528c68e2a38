package io.perpetua.application.conversation;

import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.cache.CacheKey;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.application.conversation.InMemoryRecord.KeptAnswer;
import io.perpetua.domain.conversation.ConversationKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** See {@link InMemoryRecord}. */
final class InMemoryAnswers implements AnswerCache {

    private final InMemoryRecord record;

    InMemoryAnswers(InMemoryRecord record) {
        this.record = record;
    }

    @Override
    public @Nullable CachedAnswer find(CacheKey key, Instant now) {
        synchronized (record) {
            var kept = record.answers.get(key);
            return kept == null || !kept.until().isAfter(now) ? null : kept.answer();
        }
    }

    @Override
    public void keep(
            CacheKey key, CachedAnswer answer, @Nullable ConversationKey from, Instant now, CacheLimits limits) {
        synchronized (record) {
            record.requireRoom();
            record.answers.remove(key);
            if (answer.bytes() > limits.bytes() || (from != null && !record.heads.containsKey(from))) {
                return;
            }
            while (record.answers.size() >= limits.entries() || bytes() + answer.bytes() > limits.bytes()) {
                record.answers.remove(soonest());
            }
            record.answers.put(key, new KeptAnswer(answer, from, now.plus(limits.ttl())));
        }
    }

    private long bytes() {
        return record.answers.values().stream()
                .mapToLong(kept -> kept.answer().bytes())
                .sum();
    }

    private CacheKey soonest() {
        return record.answers.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().until()))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }
}
