package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.application.cache.CacheKey;

/**
 * Where the answer for a cache key is, and until when it may be given.
 *
 * @param until in microseconds since 1970
 * @param place of the conversation that it comes from, or one that no conversation has
 */
record AnswerPointer(long until, Place place) {

    /** No conversation's name: those are longer. */
    private static final String NOBODY = "-";

    /** A place for an answer that comes from no conversation: spread like those that do. */
    static Place nowhere(CacheKey key) {
        int partition = Integer.parseUnsignedInt(key.hex().substring(0, 7), 16) % Place.PARTITIONS;
        return new Place(partition, NOBODY);
    }

    static AnswerPointer read(String text) {
        String[] parts = text.split(" ", -1);
        return new AnswerPointer(Long.parseLong(parts[0]), new Place(Integer.parseInt(parts[1]), parts[2]));
    }

    String text() {
        return until + " " + place.partition() + " " + place.token();
    }

    /** The answer's key: {@link Place#answer} and the answer's name. */
    byte[] body(CacheKey key) {
        return Names.bytes(new String(place.answer(), UTF_8) + name(key));
    }

    /** The answer's name among those of its conversation: a conversation has its own answer for a cache key. */
    String name(CacheKey key) {
        return key.hex() + ":" + place.token();
    }
}
