package io.perpetua.adapters.sqlite;

import io.perpetua.domain.conversation.Message.Media;
import io.perpetua.domain.conversation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists as one text: each field as its length in characters, a colon and itself, so that no two lists read the same.
 * An empty list is null.
 */
final class Fields {

    private Fields() {}

    static @Nullable String ofCalls(List<ToolCall> calls) {
        return join(calls.stream()
                .flatMap(call -> List.of(call.id(), call.name(), call.arguments()).stream())
                .toList());
    }

    static List<ToolCall> calls(@Nullable String joined) {
        List<String> fields = split(joined);
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += 3) {
            calls.add(new ToolCall(fields.get(i), fields.get(i + 1), fields.get(i + 2)));
        }
        return calls;
    }

    static @Nullable String ofMedia(List<Media> media) {
        return join(media.stream()
                .flatMap(part -> List.of(part.kind(), part.reference(), Integer.toString(part.tokens())).stream())
                .toList());
    }

    static List<Media> media(@Nullable String joined) {
        List<String> fields = split(joined);
        List<Media> media = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += 3) {
            media.add(new Media(fields.get(i), fields.get(i + 1), Integer.parseInt(fields.get(i + 2))));
        }
        return media;
    }

    static @Nullable String join(List<String> fields) {
        if (fields.isEmpty()) {
            return null;
        }
        var joined = new StringBuilder();
        fields.forEach(field -> joined.append(field.length()).append(':').append(field));
        return joined.toString();
    }

    static List<String> split(@Nullable String joined) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (joined != null && at < joined.length()) {
            int colon = joined.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(joined, at, colon, 10);
            fields.add(joined.substring(colon + 1, end));
            at = end;
        }
        return fields;
    }
}
