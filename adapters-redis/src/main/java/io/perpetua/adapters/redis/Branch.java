package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The turns that one conversation wrote. No two branches ever have the same name, also when a conversation is erased and
 * another one gets its id: what erases the one from an index never hits the other.
 *
 * @param id the conversation's
 * @param incarnation which of those that had this id
 * @param token the conversation's
 */
record Branch(String id, String incarnation, String token) {

    private static final char BEFORE_INCARNATION = '~';

    /** The branch of this name, null if no branch can have it. */
    static @Nullable Branch of(Scope scope, String name) {
        int end = name.length() - Head.INCARNATION - 1;
        if (end < 1 || name.charAt(end) != BEFORE_INCARNATION) {
            return null;
        }
        String id = name.substring(0, end);
        return new Branch(
                id,
                name.substring(end + 1),
                Place.own(new ConversationKey(scope, id)).token());
    }

    String name() {
        return id + BEFORE_INCARNATION + incarnation;
    }

    /** The list of its turns, those that still exist. */
    byte[] turns(Place place) {
        return place.key("t:" + token + incarnation);
    }

    /** The conversations that share turns of it, by their tokens, and the last one that they share. */
    byte[] forks(Place place) {
        return place.key("f:" + token + incarnation);
    }

    /** What the head of its conversation begins with while that exists. */
    byte[] alive() {
        return incarnation.getBytes(US_ASCII);
    }
}
