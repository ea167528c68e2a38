package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The turns that one conversation wrote. No two branches ever get the same name here, also when a conversation is erased
 * and another one gets its id: what erases the one from an index never hits the other.
 *
 * @param id the conversation's
 * @param incarnation which of those that had this id
 * @param token the conversation's
 * @param alias what it is called where it came from another store; null where it has the name that it was given here
 */
record Branch(
        String id,
        String incarnation,
        String token,
        @Nullable String alias) {

    private static final char BEFORE_INCARNATION = '~';

    Branch(String id, String incarnation, String token) {
        this(id, incarnation, token, null);
    }

    /**
     * A branch that keeps the name that it had in another store.
     *
     * @param key of the conversation that writes it
     */
    static Branch imported(ConversationKey key, String name) {
        String token = Place.own(key).token();
        Branch own = of(key.scope(), name);
        return own != null && own.id.equals(key.id())
                ? own
                : new Branch(key.id(), Names.digest(name).substring(0, Head.INCARNATION), token, name);
    }

    /** A branch whose conversation was gone already in the other store. */
    static Branch orphan(Scope scope, String name) {
        Branch own = of(scope, name);
        return own == null ? imported(new ConversationKey(scope, Names.digest(name)), name) : own;
    }

    /** The branch that was given this name here, null if no branch can have been. */
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

    /** The name of its list of turns after what says that it is one. */
    String list() {
        return token + incarnation;
    }

    String name() {
        return alias == null ? id + BEFORE_INCARNATION + incarnation : alias;
    }

    /** The list of its turns, those that still exist. */
    byte[] turns(Place place) {
        return place.key("t:" + list());
    }

    /** The conversations that share turns of it, by their tokens, and the last one that they share. */
    byte[] forks(Place place) {
        return place.key("f:" + list());
    }

    /** What the head of its conversation begins with while that exists. */
    byte[] alive() {
        return incarnation.getBytes(US_ASCII);
    }
}
