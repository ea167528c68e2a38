package io.perpetua.adapters.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several texts as one: each as its length in characters, a colon and itself; {@code -} and a colon for null. */
final class Fields {

    private static final String NONE = "-:";

    private Fields() {}

    static String join(List<? extends @Nullable String> fields) {
        var joined = new StringBuilder();
        for (String field : fields) {
            if (field == null) {
                joined.append(NONE);
            } else {
                joined.append(field.length()).append(':').append(field);
            }
        }
        return joined.toString();
    }

    /** The texts that were joined. */
    static List<@Nullable String> split(String joined) {
        var fields = new ArrayList<@Nullable String>();
        for (int at = 0; at < joined.length(); ) {
            int colon = joined.indexOf(':', at);
            if (joined.startsWith(NONE, at)) {
                fields.add(null);
                at = colon + 1;
            } else {
                int end = colon + 1 + Integer.parseInt(joined, at, colon, 10);
                fields.add(joined.substring(colon + 1, end));
                at = end;
            }
        }
        return fields;
    }
}
