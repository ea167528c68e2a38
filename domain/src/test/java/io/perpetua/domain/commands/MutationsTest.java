package io.perpetua.domain.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dangerous lines in ever new disguises, from a seed: none of them is ever allowed, in any profile. */
class MutationsTest {

    private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 5_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_129);

    private final Workspace workspace = PaperWorkspace.ofTheCorpus();
    private final CommandPolicy policy = new CommandPolicy(RuleBook.shipped(), CommandPolicy.WORKSPACE_WRITE);

    @Test
    void dangerousLine_inAnyDisguise_isNotAllowed() {
        var lines = new ArrayList<>(Corpus.of(CommandClass.DANGEROUS));
        lines.addAll(Corpus.of(CommandClass.BLOCKED).stream()
                .filter(line -> whole(line.text()))
                .toList());
        var random = new Random(SEED);
        var mutations = new Mutations(random);
        for (int i = 0; i < MUTATIONS; i++) {
            var line = lines.get(random.nextInt(lines.size()));
            String mutated = mutations.mutate(line.text());
            var judged = policy.judge(mutated, ".", workspace);
            assertThat(judged.allowed())
                    .as(() -> "seed " + SEED + ", from " + line + ": " + mutated)
                    .isFalse();
        }
        System.out.printf("%d disguises of %d lines from seed %d, none allowed%n", MUTATIONS, lines.size(), SEED);
    }

    /** Harmless lines survive the same disguises, or the test above would prove little. */
    @Test
    void harmlessLine_inDisguise_isMostlyAllowed() {
        var lines = Corpus.of(CommandClass.SAFE);
        var random = new Random(SEED);
        var mutations = new Mutations(random);
        int allowed = 0;
        for (int i = 0; i < MUTATIONS / 10; i++) {
            String mutated =
                    mutations.mutate(lines.get(random.nextInt(lines.size())).text());
            allowed += policy.judge(mutated, ".", workspace).allowed() ? 1 : 0;
        }
        assertThat(allowed).isGreaterThan(MUTATIONS / 10 * 7 / 10);
    }

    /** Whether nothing of it is left open, which something harmless around it might close. */
    private static boolean whole(String line) {
        return !line.contains("<<")
                && !line.matches("(?s).*[\\\\&|]\\s*")
                && line.chars().filter(c -> c == '\'').count() % 2 == 0
                && line.chars().filter(c -> c == '"').count() % 2 == 0;
    }
}
