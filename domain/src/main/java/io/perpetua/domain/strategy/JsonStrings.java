package io.perpetua.domain.strategy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object that are strings, whatever else it holds. Arguments of tool calls come as a model
 * wrote them: where they are no JSON, what has been read up to there counts. One pass. Not safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonStrings {

    private final String json;
    private int at;

    private JsonStrings(String json) {
        this.json = json;
    }

    /** The string members of the object {@code json}, without those of objects inside it; empty for anything else. */
    static Map<String, String> of(String json) {
        return new JsonStrings(json).members();
    }

    private Map<String, String> members() {
        var members = new HashMap<String, String>();
        int depth = 0;
        String name = null;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '"') {
                String string = string();
                if (string == null) {
                    return members;
                }
                if (depth == 1 && name == null) {
                    name = followedByColon() ? string : null;
                } else if (depth == 1) {
                    members.put(name, string);
                }
            } else {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                name = depth == 1 && c == ',' ? null : name;
                at++;
            }
        }
        return members;
    }

    private boolean followedByColon() {
        int next = at;
        while (next < json.length() && Character.isWhitespace(json.charAt(next))) {
            next++;
        }
        return next < json.length() && json.charAt(next) == ':';
    }

    /** The string that begins here, with {@code at} behind it; null where it does not end. */
    private @Nullable String string() {
        var string = new StringBuilder();
        at++;
        while (at < json.length()) {
            char c = json.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c != '\\') {
                string.append(c);
            } else if (!escape(string)) {
                return null;
            }
        }
        return null;
    }

    private boolean escape(StringBuilder string) {
        if (at >= json.length()) {
            return false;
        }
        char c = json.charAt(at++);
        switch (c) {
            case 'n' -> string.append('\n');
            case 't' -> string.append('\t');
            case 'r' -> string.append('\r');
            case 'b' -> string.append('\b');
            case 'f' -> string.append('\f');
            case 'u' -> {
                return unicode(string);
            }
            default -> string.append(c);
        }
        return true;
    }

    private boolean unicode(StringBuilder string) {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = at < json.length() ? Character.digit(json.charAt(at), 16) : -1;
            if (digit < 0) {
                return false;
            }
            value = 16 * value + digit;
        }
        string.append((char) value);
        return true;
    }
}
