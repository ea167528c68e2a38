package io.perpetua.domain.access;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a key is good for; {@code scopes} on the wire and the command line. None includes another. */
public enum Permission {
    /** Chat completions and what belongs to them: models, routes, contexts, embeddings, token counts. */
    CHAT,
    /** Conversations and their memory: to read, write, take away and erase. */
    MEMORY,
    FACTS,
    VISION,
    COMMANDS,
    /** How the server and its providers are, for all tenants together. */
    ADMIN;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The permission that is called {@code word}, null when there is none. */
    public static @Nullable Permission of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.wire().equals(word))
                .findFirst()
                .orElse(null);
    }
}
