package io.perpetua.domain.admission;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How urgent a request is, by its client's word. */
public enum Priority {
    URGENT(0),
    NORMAL(1),
    BATCH(2),
    MAINTENANCE(3);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /** How many priorities stand before it. */
    int rank() {
        return rank;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the priorities are called, the most urgent first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Priority::wire).toList();
    }

    /** The priority that is called {@code word}; null when there is none, or no word. */
    public static @Nullable Priority of(@Nullable String word) {
        return Arrays.stream(values())
                .filter(each -> each.wire().equals(word))
                .findFirst()
                .orElse(null);
    }
}
