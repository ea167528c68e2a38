package io.perpetua.bootstrap.prices;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which names genai-prices means: a clause about the name, or several. Upper and lower case count in patterns alone. */
final class NameRule {

    private NameRule() {}

    /**
     * The names that {@code match} holds for.
     *
     * @throws IllegalArgumentException when it is no rule
     */
    static Predicate<String> of(JsonNode match) {
        if (match.size() != 1) {
            throw new IllegalArgumentException("no rule: " + match);
        }
        var clause = match.properties().iterator().next();
        JsonNode value = clause.getValue();
        String text = lower(value.asText());
        return switch (clause.getKey()) {
            case "equals" -> name -> lower(name).equals(text);
            case "starts_with" -> name -> lower(name).startsWith(text);
            case "ends_with" -> name -> lower(name).endsWith(text);
            case "contains" -> name -> lower(name).contains(text);
            case "regex" -> Pattern.compile(value.asText()).asPredicate();
            case "or" -> value.valueStream().map(NameRule::of).reduce(name -> false, Predicate::or);
            case "and" -> value.valueStream().map(NameRule::of).reduce(name -> true, Predicate::and);
            default -> throw new IllegalArgumentException("no rule: " + match);
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
