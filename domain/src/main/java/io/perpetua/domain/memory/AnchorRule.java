package io.perpetua.domain.memory;

import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form in which people say what holds from now on. Groups named {@code what} and {@code topic} say what it settles
 * where the rule itself does not.
 *
 * @param kind what such a clause is
 * @param settles what it settles, the first part of its subject; empty where the clause's words tell
 * @param pattern found in a clause, quotations blanked
 */
record AnchorRule(Kind kind, String settles, Pattern pattern) {

    /** Other words for one thing. */
    private static final Map<String, String> THE_SAME = Map.of(
            "job", "work",
            "job title", "work",
            "occupation", "work",
            "profession", "work",
            "email address", "email",
            "phone number", "phone",
            "timezone", "time zone");

    /** What a clause that fits settles, or null where another may hold beside it. */
    @Nullable
    String subject(Matcher matcher, String clause) {
        String what = THE_SAME.getOrDefault(group(matcher, "what"), AnchorSubject.key(group(matcher, "what")));
        String topic = group(matcher, "topic");
        return switch (kind) {
            case IDENTITY -> settles.isEmpty() && what.isEmpty() ? null : settles + what;
            case PREFERENCE -> what.isEmpty() ? AnchorSubject.ofWish(clause) : "favourite " + what;
            case INSTRUCTION -> AnchorSubject.ofWish(clause);
            case GOAL, DECISION -> settles.isEmpty() ? null : AnchorSubject.about(settles, what + " " + topic);
            case CORRECTION -> null;
        };
    }

    private static String group(Matcher matcher, String name) {
        String group = matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
        return group == null ? "" : group;
    }
}
