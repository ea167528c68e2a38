package io.perpetua.adapters.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The file's layout, brought up to date one numbered script after the other; {@code user_version} tells how far it is. */
final class Schema {

    static final List<String> SCRIPTS = List.of(
            "001-record.sql",
            "002-standings.sql",
            "003-answers.sql",
            "004-access.sql",
            "005-requests.sql",
            "006-activity.sql",
            "007-facts.sql",
            "008-journal.sql",
            "009-vision.sql");

    private Schema() {}

    /**
     * Runs the scripts that the file has not seen, each in its transaction.
     *
     * @throws IllegalStateException if the file has seen scripts that this version does not know
     */
    static void update(Session session, Path file) throws SQLException {
        int version = version(session, file);
        for (int next = version + 1; next <= SCRIPTS.size(); next++) {
            String script = text(SCRIPTS.get(next - 1)) + ";PRAGMA user_version = " + next;
            session.transaction("BEGIN IMMEDIATE", migrated -> {
                migrated.script(script);
                return true;
            });
        }
    }

    /**
     * Whether the file has seen every script.
     *
     * @throws IllegalStateException if it has seen scripts that this version does not know
     */
    static boolean isCurrent(Session session, Path file) throws SQLException {
        return version(session, file) == SCRIPTS.size();
    }

    private static int version(Session session, Path file) throws SQLException {
        int version = Math.toIntExact(session.number("PRAGMA user_version"));
        if (version > SCRIPTS.size()) {
            throw new IllegalStateException("The database " + file.toAbsolutePath()
                    + " was written by a newer version of Perpetua (layout " + version + ", this one knows "
                    + SCRIPTS.size() + "). Start that version, or restore a copy from before the upgrade.");
        }
        return version;
    }

    static String text(String name) {
        try (var in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
