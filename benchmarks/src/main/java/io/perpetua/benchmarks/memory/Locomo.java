package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.benchmarks.memory.Recording.Line;
import io.perpetua.bootstrap.replay.LocomoTurns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/*
 * Evidence names a turn as D<session>:<turn>, sometimes several in one string, sometimes with a colon too many, a
 * leading zero or a turn that does not exist; what cannot be resolved is left out. Numbers of categories as in the
 * published file.
 */
/** Reads LoCoMo's samples with their questions. */
final class Locomo {

    /** Questions whose premise is wrong: retrieval alone does not decide them. */
    static final String ADVERSARIAL = "adversarial";

    private static final Map<Integer, String> CATEGORIES =
            Map.of(1, "multi-hop", 2, "temporal", 3, "open-domain", 4, "single-hop", 5, ADVERSARIAL);

    private static final Pattern TURN = Pattern.compile("D:?(\\d+):(\\d+)");

    private Locomo() {}

    static Recording recording(JsonNode sample) {
        var lines = new ArrayList<Line>();
        var turns = new HashMap<String, Integer>();
        for (var turn : LocomoTurns.of(sample)) {
            lines.add(new Line(turn.role(), turn.speaker(), turn.text(), turn.at()));
            ids(turn.id()).forEach(id -> turns.put(id, lines.size()));
        }
        return new Recording(sample.path("sample_id").asText(), lines, questions(sample.path("qa"), turns));
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
