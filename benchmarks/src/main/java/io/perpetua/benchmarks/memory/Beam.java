package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.benchmarks.memory.Recording.Line;
import io.perpetua.domain.conversation.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads BEAM's chats, re-packed as {@code [{chat, messages[{id, role, content, time_anchor?}], questions[{ability,
 * question, evidence[]}]}]}. A message without a time was said when the last one with a time was.
 */
final class Beam {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMMM-dd-yyyy", Locale.ENGLISH);
    /** What the generator left at the end of a message. */
    private static final Pattern TRAILER = Pattern.compile("\\s*->->[\\s\\d,]*$");

    private Beam() {}

    static Recording recording(JsonNode chat) {
        var lines = new ArrayList<Line>();
        var turns = new HashMap<Integer, Integer>();
        Instant at = null;
        for (JsonNode message : chat.path("messages")) {
            at = time(message.path("time_anchor").asText(""), at);
            Role role = "user".equals(message.path("role").asText()) ? Role.USER : Role.ASSISTANT;
            String text = TRAILER.matcher(message.path("content").asText()).replaceFirst("");
            lines.add(new Line(role, null, text, at));
            turns.put(message.path("id").asInt(), lines.size());
        }
        var questions = new ArrayList<Asked>();
        for (JsonNode question : chat.path("questions")) {
            var evidence = new LinkedHashSet<Integer>();
            question.path("evidence").forEach(id -> {
                Integer turn = turns.get(id.asInt());
                if (turn != null) {
                    evidence.add(turn);
                }
            });
            if (!evidence.isEmpty()) {
                questions.add(new Asked(
                        question.path("question").asText(),
                        question.path("ability").asText().replace('_', ' '),
                        evidence));
            }
        }
        return new Recording("chat " + chat.path("chat").asText(), lines, questions);
    }

    private static @Nullable Instant time(String anchor, @Nullable Instant before) {
        return anchor.isEmpty()
                ? before
                : LocalDate.parse(anchor, DATE).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
