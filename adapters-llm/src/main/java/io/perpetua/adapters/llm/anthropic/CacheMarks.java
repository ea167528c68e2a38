package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;

/**
 * Says how far a request will be repeated by the next one, so that the provider caches that much: after the instructions
 * (tools come before them there), and after the last turn before the user's newest words, whose front holds what was
 * recalled for this request alone. A client that has marked anything itself knows better.
 */
final class CacheMarks {

    /** Few texts have fewer characters a token; too low an estimate only leaves a mark out. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private static final String MARK = "cache_control";

    private CacheMarks() {}

    /**
     * Marks {@code body}.
     *
     * @param stable how many messages, from the first, will be repeated
     * @param cacheFrom fewest tokens of a prefix that the model caches
     */
    static void place(ObjectNode body, int stable, int cacheFrom) {
        if (!body.findParents(MARK).isEmpty()) {
            return;
        }
        long enough = (long) cacheFrom * CHARACTERS_PER_TOKEN;
        long before = length(body.path("tools")) + length(body.path("system"));
        if (before >= enough) {
            markLast(body.path(body.has("system") ? "system" : "tools"));
        }
        for (int i = 0; i < stable; i++) {
            before += length(body.path("messages").path(i));
        }
        if (stable > 0 && before >= enough) {
            markLast(body.path("messages").path(stable - 1).path("content"));
        }
    }

    private static long length(JsonNode node) {
        return node.isMissingNode() ? 0 : Json.write(node).length();
    }

    private static void markLast(JsonNode blocks) {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            if (blocks.get(i) instanceof ObjectNode block && !Thoughts.isThought(block)) {
                block.putObject(MARK).put("type", "ephemeral");
                return;
            }
        }
    }
}
