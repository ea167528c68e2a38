package io.perpetua.adapters.llm.facts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.perpetua.application.facts.FactExtractor.Extracted;
import io.perpetua.domain.facts.Triple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the facts in a model's answer: an array, whatever stands around it; elements that make no sense are passed over. */
final class ExtractedFacts {

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxTokenCount(10_000)
                            .build())
                    .build())
            .build();

    private static final int MOST = 50;

    private ExtractedFacts() {}

    /** The facts, none for an empty array; null where there is no array at all. */
    static @Nullable List<Extracted> in(String answer) {
        int from = answer.indexOf('[');
        int to = answer.lastIndexOf(']');
        if (from < 0 || to < from) {
            return null;
        }
        try {
            var array = JSON.readTree(answer.substring(from, to + 1));
            return array.isArray() ? facts(array) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static List<Extracted> facts(JsonNode array) {
        var facts = new ArrayList<Extracted>();
        for (JsonNode each : array) {
            Extracted fact = facts.size() < MOST ? fact(each) : null;
            if (fact != null) {
                facts.add(fact);
            }
        }
        return facts;
    }

    private static @Nullable Extracted fact(JsonNode node) {
        double confidence = node.path("confidence").asDouble(-1);
        if (!(confidence >= 0 && confidence <= 1)) {
            return null;
        }
        try {
            var triple = new Triple(text(node, "subject"), text(node, "predicate"), text(node, "object"));
            return new Extracted(triple, confidence, node.path("turn").asInt());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
