package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * A text of lines, since scripts read it, too: the incarnation, the own branch's first turn, the scope's token, tenant,
 * namespace, id, what it was forked from, when it was made, the user; then a line with tabs for every stretch it shares.
 * Where a branch has an alias that follows its id, after a tab.
 */
/**
 * What never changes of a conversation.
 *
 * @param incarnation tells it from those that had its name before: {@value #INCARNATION} random characters
 * @param alias its own branch's, as of {@link Branch}
 * @param first the first turn of its own branch
 * @param shared the stretches before that, in order
 */
record Head(
        ConversationKey key,
        String incarnation,
        @Nullable String alias,
        int first,
        List<Stretch> shared,
        @Nullable String user,
        @Nullable String forkedFrom,
        Instant createdAt) {

    static final int INCARNATION = 8;

    private static final int FIXED_LINES = 9;
    private static final SecureRandom RANDOM = new SecureRandom();

    Head {
        shared = List.copyOf(shared);
    }

    /**
     * A stretch of turns that another conversation wrote.
     *
     * @param branch whose
     */
    record Stretch(Branch branch, int first, int last) {

        PathSegment segment() {
            return new PathSegment(branch.name(), first, last);
        }
    }

    static String newIncarnation() {
        byte[] random = new byte[INCARNATION * 6 / Byte.SIZE];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    Branch branch() {
        return new Branch(key.id(), incarnation, Place.own(key).token(), alias);
    }

    /** The conversation as the ledger has it, which grew last when {@code tip} was said. */
    Conversation conversation(LedgerEntry ledger, Instant tip) {
        var path = new ArrayList<PathSegment>(shared.size() + 1);
        shared.forEach(each -> path.add(each.segment()));
        path.add(new PathSegment(branch().name(), first, ledger.turns()));
        return new Conversation(
                key, user, path, ledger.turns(), ledger.tokens(), ledger.mode(), forkedFrom, createdAt, tip);
    }

    /** The stretches with the first {@code turns} turns of a conversation that has no more than {@code all}. */
    List<Stretch> stretches(int turns) {
        var stretches = new ArrayList<Stretch>();
        for (Stretch each : shared) {
            if (each.first <= turns) {
                stretches.add(new Stretch(each.branch, each.first, Math.min(each.last, turns)));
            }
        }
        if (first <= turns) {
            stretches.add(new Stretch(branch(), first, turns));
        }
        return stretches;
    }

    byte[] packed() {
        var text = new StringBuilder();
        for (String line : List.of(
                incarnation,
                Integer.toString(first),
                Place.token(key.scope()),
                key.scope().tenant(),
                key.scope().namespace(),
                key.id() + orNothing(alias),
                forkedFrom == null ? "" : forkedFrom,
                Long.toString(Micros.of(createdAt)),
                user == null ? "" : "=" + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)))) {
            text.append(line).append('\n');
        }
        for (Stretch each : shared) {
            text.append(each.branch.list())
                    .append('\t')
                    .append(each.first)
                    .append('\t')
                    .append(each.last)
                    .append('\t')
                    .append(each.branch.id() + orNothing(each.branch.alias()))
                    .append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    private static String orNothing(@Nullable String alias) {
        return alias == null ? "" : "\t" + alias;
    }

    private static @Nullable String orNull(String[] fields, int at) {
        return fields.length > at ? fields[at] : null;
    }

    static Head of(byte[] packed) {
        String[] lines = new String(packed, UTF_8).split("\n", -1);
        var scope = new Scope(lines[3], lines[4]);
        var shared = new ArrayList<Stretch>();
        for (int i = FIXED_LINES; i < lines.length - 1; i++) {
            String[] fields = lines[i].split("\t", -1);
            var branch = new Branch(
                    fields[3],
                    fields[0].substring(Place.TOKEN),
                    fields[0].substring(0, Place.TOKEN),
                    orNull(fields, 4));
            shared.add(new Stretch(branch, Integer.parseInt(fields[1]), Integer.parseInt(fields[2])));
        }
        String[] id = lines[5].split("\t", -1);
        return new Head(
                new ConversationKey(scope, id[0]),
                lines[0],
                orNull(id, 1),
                Integer.parseInt(lines[1]),
                shared,
                lines[8].isEmpty() ? null : new String(Base64.getDecoder().decode(lines[8].substring(1)), UTF_8),
                lines[6].isEmpty() ? null : lines[6],
                Micros.instant(Long.parseLong(lines[7])));
    }
}
