package io.perpetua.adapters.sqlite;

import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.cache.CacheKey;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Answers that may be given again, in SQLite (see the second migration). */
@Singleton
@Embedded
final class SqliteAnswerCache implements AnswerCache {

    private static final int SLOT = 4_000;
    /** Most expired answers that one that is kept clears away, so that no writing takes long. */
    private static final int MOST_CLEARED = 16;

    static final String OF = "SELECT pk, bytes, provider, model FROM answer WHERE key = ? AND until > ?";
    static final String SLOTS = "SELECT text FROM answer_slot WHERE answer = ? ORDER BY ordinal";
    static final String FREE = "SELECT pk FROM answer_slot WHERE answer IS NULL LIMIT 1";
    static final String SOONEST = "SELECT pk FROM answer ORDER BY until LIMIT 1";
    static final String EXPIRED = "SELECT pk FROM answer WHERE until <= ? ORDER BY until LIMIT ?";
    private static final String ADD =
            "INSERT INTO answer (key, conversation, until, bytes, provider, model) VALUES (?, ?, ?, ?, ?, ?)";

    private final Database database;

    SqliteAnswerCache(Database database) {
        this.database = database;
    }

    @Override
    public @Nullable CachedAnswer find(CacheKey key, Instant now) {
        return database.read(session -> {
            var kept = session.first(
                    OF,
                    row -> new Kept(row.getLong(1), row.getInt(2), row.getString(3), row.getString(4)),
                    key.hex(),
                    Instants.micros(now));
            return kept == null ? null : new CachedAnswer(text(session, kept), kept.provider, kept.model);
        });
    }

    private record Kept(long pk, int bytes, String provider, String model) {}

    private static String text(Session session, Kept kept) throws SQLException {
        byte[] text = new byte[kept.bytes];
        int at = 0;
        for (byte[] slot : session.list(SLOTS, row -> row.getBytes(1), kept.pk)) {
            System.arraycopy(slot, 0, text, at, Math.min(SLOT, text.length - at));
            at += SLOT;
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public void keep(
            CacheKey key, CachedAnswer answer, @Nullable ConversationKey from, Instant now, CacheLimits limits) {
        byte[] text = answer.completion().getBytes(StandardCharsets.UTF_8);
        database.write(session -> {
            session.update("DELETE FROM answer WHERE key = ?", key.hex());
            session.update("DELETE FROM answer WHERE pk IN (" + EXPIRED + ")", Instants.micros(now), MOST_CLEARED);
            Long conversation = from == null ? null : Heads.row(session, from);
            if (text.length > limits.bytes() || (from != null && conversation == null)) {
                return false;
            }
            makeRoom(session, text.length, limits);
            long pk = session.insert(
                    ADD,
                    key.hex(),
                    conversation,
                    Instants.micros(now.plus(limits.ttl())),
                    text.length,
                    answer.provider(),
                    answer.model());
            for (int at = 0; at < text.length; at += SLOT) {
                // Beyond the text's end the copy is filled up with zeros.
                fill(session, pk, at / SLOT, Arrays.copyOfRange(text, at, at + SLOT));
            }
            return true;
        });
    }

    private static void makeRoom(Session session, int bytes, CacheLimits limits) throws SQLException {
        while (session.number(
                        "SELECT entries >= ? OR bytes > ? FROM answers_kept", limits.entries(), limits.bytes() - bytes)
                != 0) {
            session.update("DELETE FROM answer WHERE pk = (" + SOONEST + ")");
        }
    }

    private static void fill(Session session, long answer, int ordinal, byte[] text) throws SQLException {
        int filled = session.update(
                "UPDATE answer_slot SET answer = ?, ordinal = ?, text = ? WHERE pk = (" + FREE + ")",
                answer,
                ordinal,
                text);
        if (filled == 0) {
            session.update("INSERT INTO answer_slot (answer, ordinal, text) VALUES (?, ?, ?)", answer, ordinal, text);
        }
    }
}
