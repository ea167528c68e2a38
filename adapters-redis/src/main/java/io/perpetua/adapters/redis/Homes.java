package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.adapters.redis.Commit.Result;
import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A fork is kept in the partition of what it was forked from, and the partition of its own name has a pointer there. A
 * pointer is written before the fork, never changed and never removed, so whoever has seen it may go by it for ever; that
 * there is none must be asked again.
 */
/** Knows in which partitions conversations are. Safe for concurrent use. */
@Singleton
@Shared
final class Homes {

    private static final int MOST_KNOWN = 65_536;
    private static final byte[] NOTHING = new byte[0];

    private final Link link;
    private final Map<String, Integer> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    Homes(Link link) {
        this.link = link;
    }

    /** Where the conversation is as far as is known here; where it is not, {@link #find} knows better. */
    Place likely(ConversationKey key) {
        Place own = Place.own(key);
        synchronized (known) {
            Integer home = known.get(name(own));
            return home == null ? own : own.in(home);
        }
    }

    /** Where the conversation is, or would be made; asks where no pointer is known. */
    Place find(ConversationKey key) {
        Place likely = likely(key);
        Place own = Place.own(key);
        if (!likely.equals(own)) {
            return likely;
        }
        byte @Nullable [] pointer = link.ask(commands -> commands.hget(own.pointers(), own.field()));
        return pointer == null ? own : seen(key, pointer);
    }

    /** Takes note of a pointer's value. Returns the place that it leads to. */
    Place seen(ConversationKey key, byte[] pointer) {
        Place own = Place.own(key);
        int home = Integer.parseInt(new String(pointer, UTF_8));
        synchronized (known) {
            known.put(name(own), home);
        }
        return own.in(home);
    }

    /** Where each conversation is, or would be made, in their order; asks where no pointers are known. */
    List<Place> find(List<ConversationKey> keys) {
        var unknown =
                keys.stream().filter(key -> likely(key).equals(Place.own(key))).toList();
        var pointers = link.askAllPatiently(unknown.stream()
                .map(Place::own)
                .<Link.Question<byte[]>>map(own -> commands ->
                        commands.hget(own.pointers(), own.field()).thenApply(found -> found == null ? NOTHING : found))
                .toList());
        for (int i = 0; i < unknown.size(); i++) {
            if (pointers.get(i).length > 0) {
                seen(unknown.get(i), pointers.get(i));
            }
        }
        return keys.stream().map(this::likely).toList();
    }

    /**
     * Writes down where a conversation will be that is not kept where its name says. Returns false where it is, or has to
     * be, somewhere else.
     */
    boolean lead(ConversationKey key, Place place) {
        var own = Place.own(key);
        if (!likely(key).equals(own)) {
            return likely(key).equals(place);
        }
        if (place.equals(own)) {
            return true;
        }
        var pointer = pointer(place);
        var commit = new Commit();
        commit.requireAbsent(own.head());
        int pointed = commit.requireField(NOTHING, own.pointers(), own.field());
        commit.then("HSET", own.pointers(), own.field(), pointer);
        Result result = link.ask(commit::send);
        if (result.done()) {
            return seen(key, pointer).equals(place);
        }
        return result.failed() == pointed && seen(key, result.found()).equals(place);
    }

    /** The value of a pointer to {@code place}. */
    static byte[] pointer(Place place) {
        return Integer.toString(place.partition()).getBytes(UTF_8);
    }

    private static String name(Place own) {
        return own.partition() + own.token();
    }
}
