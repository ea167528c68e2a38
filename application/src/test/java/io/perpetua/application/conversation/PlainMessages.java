package io.perpetua.application.conversation;

import io.perpetua.application.context.MessageWriter;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/** A fake that reads and writes messages that are flat JSON objects of strings. */
public enum PlainMessages implements MessageReader, MessageWriter {
    INSTANCE;

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Override
    public Message read(String json) {
        if (!json.strip().startsWith("{")) {
            throw new MalformedMessage("", "expected a message object");
        }
        var fields = new HashMap<String, String>();
        var matcher = FIELD.matcher(json);
        while (matcher.find()) {
            fields.put(matcher.group(1), unescaped(matcher.group(2)));
        }
        Role role = Role.of(fields.getOrDefault("role", ""));
        if (role == null) {
            throw new MalformedMessage("role", "expected a role, found " + fields.get("role"));
        }
        return new Message(
                role,
                fields.getOrDefault("content", ""),
                fields.get("name"),
                List.of(),
                fields.get("tool_call_id"),
                List.of(),
                json);
    }

    @Override
    public Message compose(Role role, String text) {
        String wire = "{\"role\":\"" + role.wire() + "\",\"content\":\"" + escaped(text) + "\"}";
        return new Message(role, text, null, List.of(), null, List.of(), wire);
    }

    @Override
    public Message extend(Message message, String before, String after) {
        String text = joined(joined(before, message.text()), after);
        var plain = compose(message.role(), text);
        return new Message(
                message.role(),
                text,
                message.name(),
                message.toolCalls(),
                message.toolCallId(),
                message.media(),
                plain.wire());
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "\n\n" + second;
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> plain.append(escape);
            }
        }
        return plain.toString();
    }
}
