package io.perpetua.adapters.sqlite;

import io.perpetua.application.transfer.Archive;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All conversations in SQLite. A family is known by the row of the branch that all of its paths begin on. */
@Singleton
@Embedded
final class SqliteArchive implements Archive {

    /** Turns are read together up to this many bytes. */
    private static final long MOST_BYTES = 1 << 20;

    static final String ROOT = "SELECT branch FROM segment WHERE branch > ? AND ordinal = 0 ORDER BY branch LIMIT 1";
    static final String BRANCHES = """
            SELECT b.name, min(s.first), max(s.last) FROM segment r JOIN segment s ON s.conversation = r.conversation
            JOIN branch b ON b.pk = s.branch WHERE r.branch = ? AND r.ordinal = 0 GROUP BY s.branch ORDER BY s.branch
            """;
    static final String SIZES = """
            SELECT number, octet_length(text) + octet_length(wire) FROM turn WHERE branch = ? AND number > ?
            ORDER BY number LIMIT ?
            """;
    static final String GROWN = """
            SELECT tenant, namespace, id, grown FROM conversation WHERE (tenant, namespace, grown) > (?, ?, ?)
            ORDER BY tenant, namespace, grown LIMIT ?
            """;

    private final Database database;

    SqliteArchive(Database database) {
        this.database = database;
    }

    @Override
    public Size size() {
        return database.read(session -> new Size(
                session.number("SELECT count(*) FROM conversation"),
                session.number("SELECT count(*) FROM turn WHERE branch IS NOT NULL")));
    }

    @Override
    public @Nullable Family familyAfter(@Nullable String place) {
        return database.<@Nullable Family>read(session -> {
            Long root = session.first(ROOT, row -> row.getLong(1), place == null ? 0 : Long.parseLong(place));
            return root == null ? null : family(session, root);
        });
    }

    private static Family family(Session session, long root) throws SQLException {
        var conversations = Heads.rootedIn(session, root);
        return new Family(
                Long.toString(root),
                conversations.getFirst().key().scope(),
                session.list(BRANCHES, row -> new PathSegment(row.getString(1), row.getInt(2), row.getInt(3)), root),
                conversations);
    }

    private record Sized(int number, long bytes) {}

    @Override
    public List<ArchivedTurn> turns(Scope scope, String branch, int after, int limit) {
        return database.read(session -> {
            Long found = ArchivedParts.branch(session, scope, branch);
            if (found == null) {
                return List.<ArchivedTurn>of();
            }
            int last = after;
            long bytes = 0;
            for (Sized turn :
                    session.list(SIZES, row -> new Sized(row.getInt(1), row.getLong(2)), found, after, limit)) {
                bytes += turn.bytes;
                if (last > after && bytes > MOST_BYTES) {
                    break;
                }
                last = turn.number;
            }
            return Turns.archived(session, found, after + 1, last);
        });
    }

    @Override
    public List<Added> add(List<Part> parts) {
        return database.write(session -> {
            var added = new ArrayList<Added>();
            for (Part part : parts) {
                added.add(ArchivedParts.add(session, part));
            }
            return added;
        });
    }

    @Override
    public void discard(Scope scope, List<String> branches) {
        database.erase(session -> {
            for (String name : branches) {
                Long branch = ArchivedParts.branch(session, scope, name);
                if (branch != null) {
                    Erasure.unused(session, branch);
                }
            }
            return true;
        });
    }

    private record Place(ConversationKey key, long grown) {

        String cursor() {
            return String.valueOf(
                    Fields.join(List.of(key.scope().tenant(), key.scope().namespace(), Long.toString(grown))));
        }
    }

    @Override
    public Page grown(@Nullable String cursor, int limit) {
        List<String> from = cursor == null ? List.of("", "", "0") : Fields.split(cursor);
        List<Place> places = database.read(session -> session.list(
                GROWN,
                row -> new Place(
                        new ConversationKey(new Scope(row.getString(1), row.getString(2)), row.getString(3)),
                        row.getLong(4)),
                from.get(0),
                from.get(1),
                Long.parseLong(from.get(2)),
                limit));
        return new Page(
                places.stream().map(Place::key).toList(),
                places.size() < limit ? null : places.getLast().cursor());
    }

    @Override
    public void grew(List<ConversationKey> conversations) {
        database.write(session -> {
            for (ConversationKey key : conversations) {
                ArchivedParts.grew(session, key);
            }
            return true;
        });
    }
}
