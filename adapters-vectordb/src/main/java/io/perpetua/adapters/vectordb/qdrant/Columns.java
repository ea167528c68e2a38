package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.TurnTable;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a point says about its turn: all that recall goes by but words and meaning, and nothing of the text.
 *
 * @param millis when it was said, since 1970
 * @param length in words
 */
record Columns(int number, Role role, @Nullable String name, long millis, int tokens, int length) {

    static final String NUMBER = "number";
    static final List<String> FIELDS = List.of(NUMBER, "role", "name", "at", "tokens", "length");

    private static final int MILLIS = 1_000;

    /** In UTF-16 units; of a longer name the rest is left out. */
    private static final int LONGEST_NAME = 256;

    static Columns of(Turn turn, int length) {
        String name = turn.message().name();
        return new Columns(
                turn.number(),
                turn.message().role(),
                name == null ? null : plain(name.substring(0, Math.min(name.length(), LONGEST_NAME))),
                turn.at().toEpochMilli(),
                turn.tokens(),
                length);
    }

    /** Halves of characters, which no protocol carries, become question marks. */
    private static String plain(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** As payload. */
    Map<String, Value> payload() {
        Map<String, Value> payload = new HashMap<>();
        payload.put(NUMBER, ValueFactory.value(number));
        payload.put("role", ValueFactory.value(role.wire()));
        payload.put("at", ValueFactory.value(millis));
        payload.put("tokens", ValueFactory.value(tokens));
        payload.put("length", ValueFactory.value(length));
        if (name != null) {
            payload.put("name", ValueFactory.value(name));
        }
        return payload;
    }

    /** Reads {@link #payload}; null when it is that of something else. */
    static @Nullable Columns of(Map<String, Value> payload) {
        Role role = Role.of(text(payload, "role"));
        return role == null
                ? null
                : new Columns(
                        (int) whole(payload, NUMBER),
                        role,
                        payload.containsKey("name") ? text(payload, "name") : null,
                        whole(payload, "at"),
                        (int) whole(payload, "tokens"),
                        (int) whole(payload, "length"));
    }

    static long whole(Map<String, Value> payload, String field) {
        return payload.getOrDefault(field, Value.getDefaultInstance()).getIntegerValue();
    }

    private static String text(Map<String, Value> payload, String field) {
        return payload.getOrDefault(field, Value.getDefaultInstance()).getStringValue();
    }

    /** The table of these turns, ascending. */
    static TurnTable table(List<Columns> rows) {
        int size = rows.size();
        int[] numbers = new int[size];
        Role[] roles = new Role[size];
        @Nullable String[] names = new @Nullable String[size];
        long[] at = new long[size];
        int[] tokens = new int[size];
        int[] lengths = new int[size];
        for (int i = 0; i < size; i++) {
            Columns row = rows.get(i);
            numbers[i] = row.number;
            roles[i] = row.role;
            names[i] = row.name;
            at[i] = Math.floorDiv(row.millis, MILLIS);
            tokens[i] = row.tokens;
            lengths[i] = row.length;
        }
        return TurnTable.of(numbers, Arrays.asList(roles), Arrays.asList(names), at, tokens, lengths);
    }
}
