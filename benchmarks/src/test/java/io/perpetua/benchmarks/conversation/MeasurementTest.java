package io.perpetua.benchmarks.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.benchmarks.conversation.Session.Asking;
import io.perpetua.bootstrap.Contexts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the memory promises, kept on the published conversation, with the model that needs no key. */
final class MeasurementTest {

    private static final Asking OFFLINE = new Asking("offline/offline", "{}", MemoryOptions.DEFAULT);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ApplicationContext context;

    @BeforeAll
    static void start(@TempDir Path data) {
        context = Contexts.unhurried(null, data, Map.of());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void run_100Exchanges_keepsFactsAndAnswers_atAFractionOfTheTokens() {
        var results = run(100);

        assertThat(results.tokens()).isGreaterThan(20_000);
        assertThat(results.outcomes()).hasSizeGreaterThanOrEqualTo(30);
        assertKept(results);
        assertThat(results.lastTurnSaved()).isGreaterThanOrEqualTo(0.7);
        assertThat(results.outcomes())
                .allSatisfy(outcome -> assertThat(1
                                - (double) outcome.tokens().sent()
                                        / outcome.tokens().full())
                        .isGreaterThanOrEqualTo(0.7));
        assertThat(results.cumulativelySaved()).isGreaterThan(0.5);
        // What the questions were asked with is what the turn that was remembered was asked with.
        assertThat(results.lastTurn()).isEqualTo(results.outcomes().getLast().tokens());
        // The measurement can fail: a memory that recalls nothing, or that only cuts, does.
        assertThat(results.share(Results.all(), Outcome::withoutRecall)).isLessThan(0.5);
        assertThat(results.share(Results.all(), Outcome::inLastTurns)).isLessThan(0.1);
    }

    @Test
    void run_50Exchanges_keepsFactsAndAnswers() {
        var results = run(50);

        assertThat(results.tokens()).isGreaterThan(10_000);
        assertKept(results);
        assertThat(results.lastTurnSaved()).isGreaterThanOrEqualTo(0.7);
    }

    private static Results run(int exchanges) {
        return new Measurement(UiConversation.of(exchanges, ConversationBench.SEED), context, OFFLINE).run();
    }

    private static void assertKept(Results results) {
        assertThat(results.share(Results.all(), Outcome::inContext)).isGreaterThanOrEqualTo(0.9);
        assertThat(results.share(Results.all(), Results::inAnswer)).isGreaterThanOrEqualTo(0.9);
        double similarity = results.likeness().cosine();
        assertThat(similarity).isGreaterThanOrEqualTo(0.9);
        assertThat(results.likeness().f1()).isGreaterThanOrEqualTo(0.9);
        assertThat(results.floor().cosine()).isLessThan(0.8 * similarity);
        assertThat(results.ceiling()).isEqualTo(new Likeness(1, 1));
    }
}
