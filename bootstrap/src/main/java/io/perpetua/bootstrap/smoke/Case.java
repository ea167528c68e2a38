package io.perpetua.bootstrap.smoke;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One message of the conversation, and what any model's answer to it has about it.
 *
 * @param intent what the message is to be taken for
 * @param content of what the answer has something of each, in lower case; matches anywhere in it
 */
record Case(String said, String intent, List<Pattern> content) {

    /** The conversation. What comes later refers to what came before, so that it tells whether there is a memory. */
    static final List<Case> ALL = List.of(
            new Case("hello there", "social_chat", "\\p{L}"),
            new Case("write python to reverse a list", "coding_help", "revers|::-1"),
            new Case("explain how that code works", "qa_retrieval", "list|slic|element|revers"),
            new Case(
                    "rewrite this to be formal: hey team, we shipped.",
                    "editing/writing",
                    "team|colleague|everyone|all",
                    "ship|deliver|releas|deploy|launch|complet"),
            new Case(
                    "what is time complexity of merge sort?",
                    "reasoning/math",
                    "n[\\s*·]*(\\\\?times|\\\\?cdot)?\\s*\\\\?log"),
            new Case("lol nice", "social_chat", "\\p{L}|\\p{So}"),
            new Case("make it better", "ambiguous_or_other", "\\p{L}"),
            new Case(
                    "what were we working on again?",
                    "qa_retrieval",
                    "python|list|revers|code|merge|sort|formal|team"));

    private Case(String said, String intent, String... content) {
        this(said, intent, List.of(content).stream().map(Pattern::compile).toList());
    }

    /** What is wrong with {@code answer}; null when nothing is. */
    @Nullable
    String wrong(Answer given) {
        String answer = given.text();
        if (answer.isBlank()) {
            return "the answer is empty";
        }
        if (given.isOffline()) {
            return null; // it quotes, and says so: there is nothing of a model about it
        }
        String lower = answer.toLowerCase(Locale.ROOT);
        return content.stream()
                .filter(each -> !each.matcher(lower).find())
                .findFirst()
                .map(missing -> "the answer has nothing of /" + missing + "/: " + Answer.clip(answer))
                .orElse(null);
    }
}
