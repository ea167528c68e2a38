package io.perpetua.benchmarks.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.memory.Embedder;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.IntentClassifier;
import io.perpetua.domain.routing.IntentClassifier.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentsTest {

    private static final IntentClassifier CLASSIFIER = IntentClassifier.shipped();

    @Test
    void judge_byWordsAlone_isRightNineTimesInTen() throws IOException {
        assertThat(accuracy(each ->
                        CLASSIFIER.judge(each.text(), null, each.previous()).intent()))
                .isGreaterThan(0.9);
    }

    @Test
    void judge_byMeaningToo_isRightInNinetyFiveOfAHundred(@TempDir Path data) throws IOException {
        try (ApplicationContext context = Contexts.unhurried(null, data, Map.of())) {
            var embedder = context.getBean(Embedder.class);
            assertThat(accuracy(each -> CLASSIFIER
                            .judge(each.text(), embedder.embedQuery(each.text()), each.previous())
                            .intent()))
                    .isGreaterThan(0.95);
        }
    }

    @Test
    void labelled_noneIsAnExample_everyIntentIsThereFiftyTimes() throws IOException {
        var examples = Utterances.examples().stream().map(IntentsTest::plain).collect(Collectors.toSet());
        var labelled = Utterances.labelled();
        assertThat(labelled).hasSizeGreaterThan(300);
        assertThat(labelled.stream().map(IntentsTest::plain).filter(text -> !text.isEmpty()))
                .noneMatch(examples::contains);
        assertThat(labelled.stream().collect(Collectors.groupingBy(Example::intent, Collectors.counting())))
                .hasSize(Intent.values().length)
                .allSatisfy((_, count) -> assertThat(count).isGreaterThan(50));
    }

    @Test
    void parse_whatIsNoUtterance_isRefused() {
        for (String line :
                List.of("coding_help\tfix it", "nonsense\t-\tfix it", "coding_help\tnonsense\tfix it", "-\t-\tx")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Utterances.parse(List.of(line)));
        }
    }

    private static double accuracy(Function<Example, Intent> judge) throws IOException {
        var labelled = Utterances.labelled();
        long right = labelled.stream()
                .filter(each -> judge.apply(each) == each.intent())
                .count();
        return (double) right / labelled.size();
    }

    private static String plain(Example example) {
        return example.text()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}+#]+", " ")
                .strip();
    }
}
