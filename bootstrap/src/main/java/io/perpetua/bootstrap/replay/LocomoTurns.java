package io.perpetua.bootstrap.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.domain.conversation.Role;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/*
 * A sample is {conversation: {speaker_a, speaker_b, session_N: [{speaker, dia_id, text, blip_caption?, query?}],
 * session_N_date_time}}. Sessions are in no order, so they are sorted by their number. The field "query" of a turn is not
 * read: it gives answers away.
 */
/**
 * What was said in one of LoCoMo's samples. The first speaker is taken for the user.
 *
 * @see <a href="https://aclanthology.org/2024.acl-long.747/">Maharana et al., Evaluating Very Long-Term Conversational
 *     Memory of LLM Agents</a>
 */
public final class LocomoTurns {

    private static final String SESSION = "session_";
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("h:mm a 'on' d MMMM, yyyy")
            .toFormatter(Locale.ENGLISH);

    private LocomoTurns() {}

    /**
     * One turn.
     *
     * @param id how evidence cites it, as the file has it
     * @param text what was said, with the caption of a picture behind it
     * @param at when its session began, null where the file does not tell
     */
    public record Spoken(
            String id,
            Role role,
            String speaker,
            String text,
            @Nullable Instant at) {}

    /** Whether {@code node} is such a sample. */
    public static boolean areIn(JsonNode node) {
        return node.path("conversation").has("speaker_a");
    }

    /** The turns of {@code sample}, in order. */
    public static List<Spoken> of(JsonNode sample) {
        JsonNode conversation = sample.path("conversation");
        String user = conversation.path("speaker_a").asText();
        var sessions = new TreeMap<Integer, JsonNode>();
        conversation.properties().forEach(field -> {
            if (field.getKey().matches(SESSION + "\\d+")) {
                sessions.put(Integer.parseInt(field.getKey().substring(SESSION.length())), field.getValue());
            }
        });
        var turns = new ArrayList<Spoken>();
        sessions.forEach((session, said) -> {
            Instant at =
                    date(conversation.path(SESSION + session + "_date_time").asText());
            said.forEach(turn -> turns.add(spoken(turn, user, at)));
        });
        return turns;
    }

    private static Spoken spoken(JsonNode turn, String user, @Nullable Instant at) {
        String speaker = turn.path("speaker").asText();
        String caption = turn.path("blip_caption").asText("");
        String text = turn.path("text").asText() + (caption.isEmpty() ? "" : " [image: " + caption + "]");
        Role role = speaker.equals(user) ? Role.USER : Role.ASSISTANT;
        return new Spoken(turn.path("dia_id").asText(), role, speaker, text, at);
    }

    private static @Nullable Instant date(String text) {
        try {
            return LocalDateTime.parse(text.strip(), DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
