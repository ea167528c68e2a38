package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.cache.CacheKey;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/*
 * An answer is in the partition of the conversation that it comes from, so that erasing that erases it in the same script.
 * From the cache key a pointer leads there; how many answers there are is counted in a slot of its own. The three are not
 * written at once: a pointer that leads nowhere is a miss, and what is counted without being there goes when it would have
 * expired.
 */
/** Answers that may be given again, in Redis. Finding is one round trip for what is not there, and two for what is. */
@Singleton
@Shared
final class RedisAnswerCache implements AnswerCache {

    private static final Script KEEP = Script.load("keep-answer.lua");
    private static final Script POINT = Script.load("answer-pointer.lua");
    private static final Script COUNT = Script.load("answer-index.lua");
    private static final Script DROP = Script.load("drop.lua");
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final Link link;
    private final Homes homes;
    private final byte[][] index;

    @Inject
    RedisAnswerCache(Link link, Homes homes) {
        this(link, homes, "answers");
    }

    /** Its limits are for those that are kept under the same {@code name}. */
    RedisAnswerCache(Link link, Homes homes, String name) {
        this.link = link;
        this.homes = homes;
        String slot = "perpetua:{" + name + "}:";
        index = new byte[][] {Names.bytes(slot + "until"), Names.bytes(slot + "kept"), Names.bytes(slot + "bytes")};
    }

    @Override
    public @Nullable CachedAnswer find(CacheKey key, Instant now) {
        byte @Nullable [] found = link.ask(commands -> commands.get(pointer(key)));
        var pointer = found == null ? null : AnswerPointer.read(new String(found, UTF_8));
        if (pointer == null || pointer.until() <= Micros.of(now)) {
            return null;
        }
        byte @Nullable [] body = link.ask(commands -> commands.get(pointer.body(key)));
        return body == null ? null : read(body);
    }

    @Override
    public void keep(
            CacheKey key, CachedAnswer answer, @Nullable ConversationKey from, Instant now, CacheLimits limits) {
        long until = Micros.of(now.plus(limits.ttl()));
        byte[] life = Names.bytes(limits.ttl().plus(CLOCKS_APART).toMillis());
        int bytes = answer.bytes();
        var kept = bytes > limits.bytes() ? null : kept(key, write(answer), from, until, life);
        byte[] pointer = Names.bytes(kept == null ? "" : kept.text());
        var before = link.ask(commands -> {
            CompletionStage<byte[]> pointed =
                    Link.run(commands, POINT, ScriptOutputType.VALUE, new byte[][] {pointer(key)}, pointer, life);
            CompletionStage<List<byte[]>> counted = Link.run(
                    commands,
                    COUNT,
                    ScriptOutputType.MULTI,
                    index,
                    Names.bytes(key.hex()),
                    pointer,
                    Names.bytes(bytes),
                    Names.bytes(until),
                    Names.bytes(Micros.of(now)),
                    Names.bytes(limits.entries()),
                    Names.bytes(limits.bytes()));
            return pointed.thenCombine(counted, Before::of);
        });
        remove(key, kept, before);
    }

    /**
     * What was there before.
     *
     * @param pointer of the same cache key
     * @param gone cache key and pointer of each that made room
     */
    private record Before(Optional<String> pointer, List<String> gone) {

        static Before of(byte @Nullable [] pointer, List<byte[]> gone) {
            return new Before(
                    Optional.ofNullable(pointer).map(bytes -> new String(bytes, UTF_8)),
                    gone.stream().map(bytes -> new String(bytes, UTF_8)).toList());
        }
    }

    /** Where the answer is now; null when the conversation that it comes from is not there. */
    private @Nullable AnswerPointer kept(
            CacheKey key, byte[] body, @Nullable ConversationKey from, long until, byte[] life) {
        if (from == null) {
            var pointer = new AnswerPointer(until, AnswerPointer.nowhere(key));
            link.ask(commands -> commands.psetex(pointer.body(key), Long.parseLong(new String(life, UTF_8)), body));
            return pointer;
        }
        var likely = new AnswerPointer(until, homes.likely(from));
        if (kept(likely, key, body, life)) {
            return likely;
        }
        var sure = new AnswerPointer(until, homes.find(from));
        return !sure.equals(likely) && kept(sure, key, body, life) ? sure : null;
    }

    private boolean kept(AnswerPointer pointer, CacheKey key, byte[] body, byte[] life) {
        var place = pointer.place();
        byte[][] keys = {place.head(), place.answers(), pointer.body(key)};
        return link.<Long>ask(commands -> Link.run(
                        commands,
                        KEEP,
                        ScriptOutputType.INTEGER,
                        keys,
                        Names.bytes(pointer.name(key)),
                        body,
                        life,
                        place.answer()))
                == 1;
    }

    /** Removes the answer that was replaced, unless it is in the same place, and those that made room. */
    private void remove(CacheKey key, @Nullable AnswerPointer kept, Before before) {
        var removals = new ArrayList<Link.Question<Long>>();
        before.pointer
                .map(AnswerPointer::read)
                .filter(old -> kept == null || !old.place().equals(kept.place()))
                .ifPresent(old -> removals.add(commands -> commands.del(old.body(key))));
        for (int i = 0; i < before.gone.size(); i += 2) {
            var gone = new CacheKey(before.gone.get(i));
            String text = before.gone.get(i + 1);
            removals.add(commands -> commands.del(AnswerPointer.read(text).body(gone)));
            removals.add(commands -> Link.run(
                    commands, DROP, ScriptOutputType.INTEGER, new byte[][] {pointer(gone)}, Names.bytes(text)));
        }
        link.askAll(removals);
    }

    private static byte[] pointer(CacheKey key) {
        return Names.bytes("perpetua:answer:" + key.hex());
    }

    private static byte[] write(CachedAnswer answer) {
        return Names.bytes(Fields.join(List.of(answer.provider(), answer.model(), answer.completion())));
    }

    private static CachedAnswer read(byte[] body) {
        var fields = Fields.split(new String(body, UTF_8));
        return new CachedAnswer(
                requireNonNull(fields.get(2)), requireNonNull(fields.get(0)), requireNonNull(fields.get(1)));
    }
}
