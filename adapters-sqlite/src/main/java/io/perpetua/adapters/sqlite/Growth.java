package io.perpetua.adapters.sqlite;

import static java.util.Objects.requireNonNull;

import io.perpetua.adapters.sqlite.Heads.Head;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.mode.Mode;
import java.sql.SQLException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** How conversations are made, branch off and grow. */
final class Growth {

    /** Most turns of an outbox entry. */
    private static final int STRETCH = 256;

    static final String TIP = """
            SELECT t.fingerprint FROM segment s JOIN turn t ON t.branch = s.branch AND t.number = s.last
            WHERE s.conversation = ? AND s.last >= s.first ORDER BY s.ordinal DESC LIMIT 1
            """;
    static final String OWN_BRANCH = "SELECT branch FROM segment WHERE conversation = ? ORDER BY ordinal DESC LIMIT 1";

    private Growth() {}

    static Outcome append(Session session, Append append) throws SQLException {
        Head head = Heads.find(session, append.key());
        int turns = head == null ? 0 : head.conversation().turns();
        TurnRange done = Requests.done(session, append.request());
        if (done != null) {
            return head == null ? new Outcome.Erased() : new Outcome.Appended(head.conversation(), done);
        }
        if (append.expectedTurns() != Append.WHATEVER && append.expectedTurns() != turns) {
            return new Outcome.Moved(head == null ? null : head.conversation());
        }
        Head growing = head == null ? made(session, append) : head;
        return growing == null ? new Outcome.Moved(null) : grown(session, growing, append);
    }

    /** A conversation that has the turns it shares and none of its own yet; null if there is nothing to share. */
    private static @Nullable Head made(Session session, Append append) throws SQLException {
        Fork from = append.from();
        Head source = from == null ? null : Heads.find(session, from.source());
        if (from != null && (source == null || source.conversation().turns() < from.turns())) {
            return null;
        }
        int shared = from == null ? 0 : from.turns();
        ConversationKey key = append.key();
        long at = Instants.micros(append.turns().getFirst().at());
        long pk = session.insert(
                """
                INSERT INTO conversation (tenant, namespace, id, user, turns, tokens, mode, forked_from, created_at,
                  updated_at, grown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                """,
                key.scope().tenant(),
                key.scope().namespace(),
                key.id(),
                append.user(),
                shared,
                source == null ? 0 : Turns.tokens(session, source, shared),
                (source == null ? Mode.FULL : source.conversation().mode()).name(),
                from == null ? null : from.source().id(),
                at,
                at);
        if (source != null) {
            share(session, source.pk(), shared, pk);
        }
        long branch = branch(session, key);
        session.update("""
                INSERT INTO segment SELECT ?1, (SELECT count(*) FROM segment WHERE conversation = ?1), ?2, ?3 + 1, ?3
                """, pk, branch, shared);
        return Heads.find(session, key);
    }

    private static void share(Session session, long source, int turns, long fork) throws SQLException {
        session.update("""
                INSERT INTO segment SELECT ?1, ordinal, branch, first, min(last, ?2) FROM segment
                WHERE conversation = ?3 AND first <= ?2
                """, fork, turns, source);
        session.update("""
                INSERT INTO anchor (conversation, id, text, tag, priority, origin, turn, subject, at)
                SELECT ?1, id, text, tag, priority, origin, turn, subject, at FROM anchor
                WHERE conversation = ?3 AND turn BETWEEN 1 AND ?2 ORDER BY pk
                """, fork, turns, source);
        session.update("""
                INSERT INTO brief (conversation, text, covers_through, tokens)
                SELECT ?1, text, covers_through, tokens FROM brief WHERE conversation = ?3 AND covers_through <= ?2
                """, fork, turns, source);
    }

    /** A new branch, called like its conversation unless an erased one of that name has left traces. */
    private static long branch(Session session, ConversationKey key) throws SQLException {
        String name = key.id();
        for (int copy = 2; taken(session, key, name); copy++) {
            name = key.id() + "~" + copy;
        }
        return session.insert(
                "INSERT INTO branch (tenant, namespace, name) VALUES (?, ?, ?)",
                key.scope().tenant(),
                key.scope().namespace(),
                name);
    }

    private static boolean taken(Session session, ConversationKey key, String name) throws SQLException {
        return session.number(
                        "SELECT count(*) FROM branch WHERE tenant = ? AND namespace = ? AND name = ?",
                        key.scope().tenant(),
                        key.scope().namespace(),
                        name)
                > 0;
    }

    private static Outcome grown(Session session, Head head, Append append) throws SQLException {
        var before = head.conversation();
        long branch = session.number(OWN_BRANCH, head.pk());
        byte[] tip = session.first(TIP, row -> row.getBytes(1), head.pk());
        Fingerprint fingerprint =
                tip == null ? Fingerprint.root(before.key().scope(), before.user()) : Fingerprint.of(tip);
        int last = before.turns();
        long tokens = before.tokens();
        var anchors = new ArrayList<Anchor>();
        for (NewTurn turn : append.turns()) {
            fingerprint = fingerprint.then(turn.message());
            tokens += turn.tokens();
            last++;
            Turns.add(session, branch, last, turn, fingerprint);
            anchors.addAll(turn.anchorsAt(last));
        }
        SqliteAnchors.detected(session, head.pk(), anchors);
        int first = before.turns() + 1;
        long grown = log(session, branch, first, last);
        session.update("UPDATE segment SET last = ? WHERE conversation = ? AND branch = ?", last, head.pk(), branch);
        session.update(
                "UPDATE conversation SET turns = ?, tokens = ?, mode = ?, updated_at = ?, grown = ?, active = unixepoch() WHERE pk = ?",
                last,
                tokens,
                (append.mode() == null ? before.mode() : append.mode()).name(),
                Instants.micros(append.turns().getLast().at()),
                grown,
                head.pk());
        Head after = requireNonNull(Heads.find(session, append.key()));
        var range = new TurnRange(first, last);
        Requests.note(session, append.request(), range);
        return new Outcome.Appended(after.conversation(), range);
    }

    /** Puts turns into the outbox, a stretch an entry that is soon indexed. Returns the last entry's number. */
    static long log(Session session, long branch, int first, int last) throws SQLException {
        long entry = 0;
        for (int from = first; from <= last; from += STRETCH) {
            int to = Math.min(last, from + STRETCH - 1);
            entry = session.insert("INSERT INTO outbox (branch, first, last) VALUES (?, ?, ?)", branch, from, to);
        }
        return entry;
    }
}
