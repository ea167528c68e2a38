package io.perpetua.domain.access;

import java.util.List;

/**
 * Which models a key may ask. Immutable.
 *
 * @param patterns of {@code provider/model}: a whole one, or a beginning that is followed by {@code *}; empty for every
 *     model
 */
public record AllowedModels(List<String> patterns) {

    /** Every model. */
    public static final AllowedModels ALL = new AllowedModels(List.of());

    private static final String ANY = "*";

    public AllowedModels {
        patterns = List.copyOf(patterns);
        for (String pattern : patterns) {
            int star = pattern.indexOf(ANY);
            if (pattern.isBlank() || (star >= 0 && star < pattern.length() - 1)) {
                throw new IllegalArgumentException(
                        "expected provider/model, or a beginning of it followed by *, found '" + pattern + "'");
            }
        }
    }

    /** Whether the model {@code id}, such as {@code openai/gpt-4o}, may be asked. */
    public boolean permit(String id) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, id));
    }

    private static boolean matches(String pattern, String id) {
        return pattern.endsWith(ANY)
                ? id.startsWith(pattern.substring(0, pattern.length() - ANY.length()))
                : id.equals(pattern);
    }
}
