package io.perpetua.adapters.redis;

import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import org.jspecify.annotations.Nullable;

/**
 * An outbox entry as it stands in its partition, without the turns' text.
 *
 * @param partition whose
 * @param field what it is called there: its owner, and a number of the owner's
 * @param key of the conversation that wrote the branch
 * @param incarnation of that conversation
 * @param alias the branch's, as of {@link Branch}
 * @param first the first turn that was written, or was erased
 * @param last the last turn that was written; 0 where turns were erased
 * @param at the first one's place in the branch's list
 * @param bytes about how much the turns take up
 */
record Claim(
        int partition,
        String field,
        ConversationKey key,
        String incarnation,
        @Nullable String alias,
        int first,
        int last,
        int at,
        long bytes) {

    /** How many characters of the field are its owner's. */
    static final int OWNER = 8;

    static String owner(String field) {
        return field.substring(0, OWNER);
    }

    Branch branch() {
        return new Branch(key.id(), incarnation, Place.own(key).token(), alias);
    }

    boolean erased() {
        return last == 0;
    }

    Place place() {
        return Place.own(key).in(partition);
    }

    byte[] packed() {
        return new Packer()
                .text(key.scope().tenant())
                .text(key.scope().namespace())
                .text(key.id())
                .text(incarnation)
                .orNull(alias)
                .number(first)
                .number(last)
                .number(at)
                .number(bytes)
                .packed();
    }

    static Claim of(int partition, String field, byte[] packed) {
        var in = new Unpacker(packed, 0);
        return new Claim(
                partition,
                field,
                new ConversationKey(new Scope(in.text(), in.text()), in.text()),
                in.text(),
                in.orNull(),
                in.smallNumber(),
                in.smallNumber(),
                in.smallNumber(),
                in.number());
    }

    /** The hash of a partition's entries. */
    static byte[] outbox(int partition) {
        return Commit.ascii(Place.prefix(partition) + "o");
    }
}
