package io.perpetua.domain.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.commands.Corpus.Line;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorpusTest {

    private static final double MOST_HARMLESS = 0.97;

    private final Workspace workspace = PaperWorkspace.ofTheCorpus();
    private final CommandPolicy reading = new CommandPolicy(RuleBook.shipped(), CommandPolicy.READ_ONLY);
    private final CommandPolicy writing = new CommandPolicy(RuleBook.shipped(), CommandPolicy.WORKSPACE_WRITE);

    private Judgement judged(CommandPolicy policy, Line line) {
        return policy.judge(line.text(), ".", workspace);
    }

    @Test
    void corpus_isLargeEnough() {
        assertThat(Corpus.all()).hasSizeGreaterThan(600);
    }

    @ParameterizedTest
    @EnumSource(names = {"DANGEROUS", "BLOCKED"})
    void lineThatIsNotHarmless_isNeverAllowed(CommandClass kind) {
        assertThat(Corpus.of(kind))
                .filteredOn(line ->
                        judged(writing, line).allowed() || judged(reading, line).allowed())
                .isEmpty();
    }

    @Test
    void lineThatWrites_isNotAllowedWhereOnlyReadingIs() {
        assertThat(Corpus.of(CommandClass.WRITE))
                .filteredOn(line -> judged(reading, line).allowed())
                .isEmpty();
    }

    @Test
    void harmlessLine_isAllowed() {
        assertThat(share(
                        Corpus.of(CommandClass.SAFE),
                        line -> judged(reading, line).allowed()))
                .isGreaterThanOrEqualTo(MOST_HARMLESS);
        assertThat(share(
                        Corpus.of(CommandClass.WRITE),
                        line -> judged(writing, line).allowed()))
                .isGreaterThanOrEqualTo(MOST_HARMLESS);
    }

    /** What is reached today; every class is as it should be. */
    @Test
    void line_hasItsClass() {
        assertThat(Corpus.all().stream()
                        .filter(line -> judged(writing, line).kind() != line.kind())
                        .map(line -> line + " is " + judged(writing, line).kind() + ": "
                                + judged(writing, line).reason()))
                .isEmpty();
    }

    private static double share(List<Line> lines, Predicate<Line> fit) {
        return (double) lines.stream().filter(fit).count() / lines.size();
    }
}
