package io.perpetua.domain.memory;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How well anchors are detected, by kind, in sentences that were labelled by hand and written for it. */
final class LabelledSentencesTest {

    private static final double PRECISION = 0.95;
    private static final double RECALL = 0.85;
    private static final int ENOUGH = 20;

    private record Labelled(String text, String label) {}

    @ParameterizedTest
    @EnumSource(Kind.class)
    void in_labelledSentences_precisionComesFirst(Kind kind) throws IOException {
        var meant = new ArrayList<String>();
        var found = new ArrayList<String>();
        for (Labelled sentence : sentences()) {
            if (sentence.label.equals(kind.tag())) {
                meant.add(sentence.text);
            }
            if (detected(sentence.text).contains(kind)) {
                found.add(sentence.text);
            }
        }
        long right = found.stream().filter(meant::contains).count();

        assertThat(meant).hasSizeGreaterThanOrEqualTo(ENOUGH);
        assertThat((double) right / found.size())
                .as("precision of %s, wrong: %s", kind, without(found, meant))
                .isGreaterThanOrEqualTo(PRECISION);
        assertThat((double) right / meant.size())
                .as("recall of %s, missing: %s", kind, without(meant, found))
                .isGreaterThanOrEqualTo(RECALL);
    }

    private static Set<Kind> detected(String text) {
        var message = new Message(Role.USER, text, null, List.of(), null, List.of(), "");
        return AnchorDetector.in(message).stream()
                .map(AnchorDetector.Detected::kind)
                .collect(toSet());
    }

    private static List<String> without(List<String> all, List<String> some) {
        return all.stream().filter(text -> !some.contains(text)).toList();
    }

    private static List<Labelled> sentences() throws IOException {
        try (InputStream in = LabelledSentencesTest.class.getResourceAsStream("labelled-sentences.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 2))
                    .map(parts -> new Labelled(parts[1], parts[0].toLowerCase(Locale.ROOT)))
                    .toList();
        }
    }
}
