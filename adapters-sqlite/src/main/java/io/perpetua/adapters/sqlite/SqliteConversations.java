package io.perpetua.adapters.sqlite;

import io.perpetua.adapters.sqlite.Heads.Head;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Past;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record, in SQLite. */
@Singleton
@Embedded
final class SqliteConversations implements Conversations {

    /** How many fingerprints one statement looks up; the longest histories come first and are the likeliest. */
    static final int CHUNK = 64;

    static final String LONGEST = "SELECT fingerprint FROM turn WHERE fingerprint IN ("
            + String.join(", ", Collections.nCopies(CHUNK, "?")) + ") ORDER BY number DESC LIMIT 1";

    private final Database database;

    SqliteConversations(Database database) {
        this.database = database;
    }

    @Override
    public @Nullable Conversation find(ConversationKey key) {
        Head head = database.read(session -> Heads.find(session, key));
        return head == null ? null : head.conversation();
    }

    @Override
    public @Nullable Past past(ConversationKey key, int tail) {
        return database.read(session -> {
            Head head = Heads.find(session, key);
            return head == null ? null : past(session, head, tail);
        });
    }

    private static Past past(Session session, Head head, int tail) throws SQLException {
        int last = head.conversation().turns();
        int first = Math.max(1, last - tail + 1);
        var turns =
                last < first ? List.<Turn>of() : Turns.onPath(session, head.pk(), List.of(new TurnRange(first, last)));
        return new Past(
                head.conversation(), turns, SqliteAnchors.of(session, head.pk()), SqliteBriefs.of(session, head.pk()));
    }

    @Override
    public List<Turn> turns(ConversationKey key, List<TurnRange> ranges) {
        return database.read(session -> {
            Long conversation = Heads.row(session, key);
            return conversation == null ? List.<Turn>of() : Turns.onPath(session, conversation, ranges);
        });
    }

    @Override
    public long tokens(ConversationKey key, int turns) {
        return database.read(session -> {
            Head head = Heads.find(session, key);
            return head == null ? 0L : Turns.tokens(session, head, turns);
        });
    }

    @Override
    public @Nullable Recognised recognise(List<Fingerprint> histories, int atLeast) {
        int least = Math.max(0, atLeast - 1);
        return database.read(session -> {
            for (int end = histories.size(); end > least; end -= CHUNK) {
                var chunk = histories.subList(Math.max(least, end - CHUNK), end);
                Fingerprint longest = longest(session, chunk);
                Head head = longest == null ? null : Heads.holding(session, longest.bytes());
                if (head != null) {
                    return new Recognised(head.conversation(), histories.indexOf(longest) + 1);
                }
            }
            return null;
        });
    }

    private static @Nullable Fingerprint longest(Session session, List<Fingerprint> chunk) throws SQLException {
        @Nullable
        Object[] padded = Arrays.copyOf(chunk.stream().map(Fingerprint::bytes).toArray(), CHUNK);
        byte[] found = session.first(LONGEST, row -> row.getBytes(1), padded);
        return found == null ? null : Fingerprint.of(found);
    }

    @Override
    public Outcome append(Append append) {
        return database.write(session -> Growth.append(session, append));
    }

    @Override
    public Page list(Scope scope, @Nullable String cursor, int limit) {
        long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        List<Head> heads = database.read(session -> Heads.list(session, scope, before, limit + 1));
        List<Head> page = heads.subList(0, Math.min(limit, heads.size()));
        return new Page(
                page.stream().map(Head::conversation).toList(),
                heads.size() > limit ? Long.toString(page.getLast().grown()) : null);
    }

    @Override
    public boolean erase(ConversationKey key) {
        return database.erase(session -> Erasure.erase(session, key));
    }
}
