package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.benchmarks.memory.Recording.Line;
import io.perpetua.domain.conversation.Role;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/*
 * Evidence names a turn as D<session>:<turn>, sometimes several in one string, sometimes with a colon too many, a
 * leading zero or a turn that does not exist; what cannot be resolved is left out. The field "query" of a turn is not
 * read: it gives answers away. Numbers of categories as in the published file.
 */
/**
 * Reads LoCoMo's samples.
 *
 * @see <a href="https://aclanthology.org/2024.acl-long.747/">Maharana et al., Evaluating Very Long-Term Conversational
 *     Memory of LLM Agents</a>
 */
final class Locomo {

    /** Questions whose premise is wrong: retrieval alone does not decide them. */
    static final String ADVERSARIAL = "adversarial";

    private static final Map<Integer, String> CATEGORIES =
            Map.of(1, "multi-hop", 2, "temporal", 3, "open-domain", 4, "single-hop", 5, ADVERSARIAL);

    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("h:mm a 'on' d MMMM, yyyy")
            .toFormatter(Locale.ENGLISH);
    private static final Pattern TURN = Pattern.compile("D:?(\\d+):(\\d+)");
    private static final String SESSION = "session_";

    private Locomo() {}

    static Recording recording(JsonNode sample) {
        JsonNode conversation = sample.path("conversation");
        String user = conversation.path("speaker_a").asText();
        var lines = new ArrayList<Line>();
        var turns = new HashMap<String, Integer>();
        sessions(conversation).forEach((session, said) -> {
            Instant at = LocalDateTime.parse(
                            conversation
                                    .path(SESSION + session + "_date_time")
                                    .asText()
                                    .strip(),
                            DATE)
                    .toInstant(ZoneOffset.UTC);
            for (JsonNode turn : said) {
                lines.add(line(turn, user, at));
                ids(turn.path("dia_id").asText()).forEach(id -> turns.put(id, lines.size()));
            }
        });
        return new Recording(sample.path("sample_id").asText(), lines, questions(sample.path("qa"), turns));
    }

    private static Map<Integer, JsonNode> sessions(JsonNode conversation) {
        var sessions = new TreeMap<Integer, JsonNode>();
        conversation.properties().forEach(field -> {
            String number = field.getKey()
                    .substring(Math.min(SESSION.length(), field.getKey().length()));
            if (field.getKey().startsWith(SESSION) && number.chars().allMatch(Character::isDigit)) {
                sessions.put(Integer.parseInt(number), field.getValue());
            }
        });
        return sessions;
    }

    private static Line line(JsonNode turn, String user, Instant at) {
        String speaker = turn.path("speaker").asText();
        String caption = turn.path("blip_caption").asText("");
        String text = turn.path("text").asText() + (caption.isEmpty() ? "" : " [image: " + caption + "]");
        return new Line(speaker.equals(user) ? Role.USER : Role.ASSISTANT, speaker, text, at);
    }

    private static List<Asked> questions(JsonNode qa, Map<String, Integer> turns) {
        var questions = new ArrayList<Asked>();
        for (JsonNode each : qa) {
            var evidence = new LinkedHashSet<Integer>();
            each.path("evidence")
                    .forEach(cited -> ids(cited.asText()).forEach(id -> {
                        Integer turn = turns.get(id);
                        if (turn != null) {
                            evidence.add(turn);
                        }
                    }));
            if (!evidence.isEmpty()) {
                String category = CATEGORIES.getOrDefault(each.path("category").asInt(), "other");
                questions.add(new Asked(each.path("question").asText(), category, evidence));
            }
        }
        return questions;
    }

    private static Set<String> ids(String cited) {
        var ids = new LinkedHashSet<String>();
        TURN.matcher(cited)
                .results()
                .forEach(id -> ids.add(Integer.parseInt(id.group(1)) + ":" + Integer.parseInt(id.group(2))));
        return ids;
    }
}
