package io.perpetua.adapters.llm.offline;

import java.util.List;

/**
 * A sentence that may be quoted.
 *
 * @param origin who said it and when, such as {@code [turn 12, 2026-03-01, user]}
 * @param text the sentence
 * @param words its stems
 */
record Sentence(String origin, String text, List<String> words) {

    boolean asks() {
        return text.endsWith("?");
    }
}
