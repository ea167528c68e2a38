package io.perpetua.adapters.http.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.vision.VisionSwitch;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.vision.DocumentChoice;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a request wants of the memory: from its headers, else from its body, else nothing in particular. */
final class MemoryOptionsReader {

    static final String USE_MEMORY = "use_memory";
    static final String CONFIG = "memory_config";

    private static final String AUTO = "auto";
    private static final String ON = "on";
    private static final List<String> MODES = Stream.concat(
                    Stream.of(AUTO), Arrays.stream(Mode.values()).map(Mode::wire))
            .toList();
    private static final List<String> STRATEGIES =
            Arrays.stream(Strategy.values()).map(Strategy::wire).toList();

    private static final int MOST_TURNS = 100_000;
    private static final int MOST_RECALLED = 100;
    private static final int LEAST_BUDGET = 256;
    private static final int MOST_BUDGET = 10_000_000;

    private static final String DOCUMENTS = "documents";
    private static final String DOC_IDS = "doc_ids";
    private static final String MOST = "top_k";
    private static final int MOST_DOCUMENTS = 100;
    private static final int MOST_REGIONS = 50;

    private MemoryOptionsReader() {}

    static MemoryOptions read(Call call, Fields body) {
        var config = body.object(CONFIG);
        return new MemoryOptions(
                enabled(call, body),
                mode(call, config),
                strategy(config),
                config.integerOrNull("recent_turns", 0, MOST_TURNS),
                config.integerOrNull("semantic_top_k", 0, MOST_RECALLED),
                config.integerOrNull("token_budget", LEAST_BUDGET, MOST_BUDGET),
                documents(call, config));
    }

    /** Which documents are looked into, by who may: what they say is read with a scope of its own. */
    private static @Nullable DocumentChoice documents(Call call, Fields config) {
        boolean off = VisionSwitch.isOff(call);
        var choice = documents(config);
        if (choice == null) {
            return null;
        }
        if (!call.caller().may(Permission.VISION)) {
            throw new RequestRefused(
                    Reason.FORBIDDEN,
                    "permission_denied",
                    config.path(DOCUMENTS),
                    "this key lacks the scope '" + Permission.VISION.wire() + "', which '" + config.path(DOCUMENTS)
                            + "' needs");
        }
        return off ? choice.switchedOff() : choice;
    }

    /** {@code true} for all documents, ids of some, or an object with {@code doc_ids} and {@code top_k}. */
    private static @Nullable DocumentChoice documents(Fields config) {
        JsonNode found = config.find(DOCUMENTS);
        if (found == null) {
            return null;
        }
        if (found.isBoolean()) {
            return found.booleanValue() ? new DocumentChoice(null, DocumentChoice.USUAL) : null;
        }
        if (found.isArray() || found.isTextual()) {
            return new DocumentChoice(ids(config, DOCUMENTS), DocumentChoice.USUAL);
        }
        if (!found.isObject()) {
            throw Fields.unexpected(config.path(DOCUMENTS), "true, ids of documents, or an object", found);
        }
        var choice = config.object(DOCUMENTS);
        choice.requireOnly(List.of(DOC_IDS, MOST));
        return new DocumentChoice(
                choice.find(DOC_IDS) == null ? null : ids(choice, DOC_IDS),
                choice.integer(MOST, 1, MOST_REGIONS, DocumentChoice.USUAL));
    }

    private static Set<String> ids(Fields fields, String field) {
        var ids = fields.texts(field);
        if (ids.size() > MOST_DOCUMENTS) {
            throw fields.invalid(field, "at most " + MOST_DOCUMENTS + " ids", ids.size() + " of them");
        }
        return Set.copyOf(ids);
    }

    private static boolean enabled(Call call, Fields body) {
        boolean wanted = body.flag(USE_MEMORY, true);
        String header = call.header("X-Memory", List.of(ON, "off"));
        return header == null ? wanted : header.equals(ON);
    }

    private static @Nullable Mode mode(Call call, Fields config) {
        String wanted = config.wordOrNull("mode", MODES);
        String header = call.header("X-Mode", MODES);
        String word = header == null ? wanted : header;
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.wire().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static Strategy strategy(Fields config) {
        String word = config.wordOrNull("strategy", STRATEGIES);
        return word == null ? Strategy.CHAT : Objects.requireNonNull(Strategy.of(word));
    }
}
