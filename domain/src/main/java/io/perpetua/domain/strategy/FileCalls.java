package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.ToolCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that tool calls write: calls whose arguments name a file and give its content, or the text that replaces a part
 * of it, under the names that agents' tools use for them.
 */
final class FileCalls {

    private static final String[] PATHS = {"path", "file_path", "filepath", "filename", "file", "target_file"};
    private static final String[] CONTENTS = {"content", "contents", "file_text", "text", "code"};
    private static final String[] OLD = {"old_string", "old_str", "search"};
    private static final String[] NEW = {"new_string", "new_str", "replace", "replacement"};
    private static final String FENCE = "```";
    private static final String LONGER_FENCE = "`````";

    private FileCalls() {}

    /** The file that {@code call} writes, or null if it writes none. */
    static @Nullable Artifact artifact(ToolCall call, int ordinal) {
        var arguments = JsonStrings.of(call.arguments());
        String path = first(arguments, PATHS);
        if (path == null || path.isBlank()) {
            return null;
        }
        String content = first(arguments, CONTENTS);
        if (content != null) {
            return artifact(ordinal, path, content, false, fenced(content));
        }
        String to = first(arguments, NEW);
        if (to == null) {
            return null;
        }
        String from = first(arguments, OLD);
        return artifact(
                ordinal,
                path,
                to,
                true,
                from == null ? fenced(to) : "instead of\n" + fenced(from) + "\nnow\n" + fenced(to));
    }

    private static Artifact artifact(int ordinal, String path, String content, boolean partial, String shown) {
        String name = FileNames.of(path);
        String file = name == null ? path.strip() : name;
        String family = Declarations.family(FileNames.extension(file));
        var declared = Declarations.of(content, family);
        return new Artifact(
                ordinal,
                file,
                true,
                family,
                declared.main(),
                declared.names(),
                partial,
                -1,
                -1,
                content.length(),
                shown);
    }

    private static String fenced(String content) {
        String fence = content.contains(FENCE) ? LONGER_FENCE : FENCE;
        return fence + "\n" + content.stripTrailing() + "\n" + fence;
    }

    private static @Nullable String first(Map<String, String> arguments, String[] names) {
        for (String name : names) {
            String value = arguments.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
