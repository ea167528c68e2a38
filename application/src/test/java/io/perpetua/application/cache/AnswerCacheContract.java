package io.perpetua.application.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.perpetua.application.conversation.RecordContract;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link AnswerCache} owes its callers. Its limits are of the whole store, so each test needs an empty one. */
public abstract class AnswerCacheContract extends RecordContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final CacheLimits ROOMY = new CacheLimits(MINUTE, 100, 1_000_000);

    private final CachedAnswer paris = answer("Paris, says \"the book\". 🅱");

    @Test
    void find_nothingKept_isNull() {
        assertThat(answers().find(request("a"), NOON)).isNull();
    }

    @Test
    void find_kept_isTheAnswer() {
        keep("a", paris, null);

        assertThat(answers().find(request("a"), NOON)).isEqualTo(paris);
        assertThat(answers().find(request("b"), NOON)).isNull();
    }

    @Test
    void find_longAnswers_comeBackWhole() {
        var lengths = List.of(1, 3999, 4000, 4001, 8000, 262_144);
        lengths.forEach(length -> keep("of " + length, answer("é".repeat(length / 2) + "x".repeat(length % 2)), null));

        assertThat(lengths)
                .allSatisfy(length -> assertThat(answers().find(request("of " + length), NOON))
                        .isEqualTo(answer("é".repeat(length / 2) + "x".repeat(length % 2))));
    }

    @Test
    void find_untilItsTimeIsUp() {
        keep("a", paris, null);

        assertThat(answers().find(request("a"), NOON.plus(MINUTE).minusMillis(1)))
                .isEqualTo(paris);
        assertThat(answers().find(request("a"), NOON.plus(MINUTE))).isNull();
    }

    @Test
    void keep_again_replacesAnswerAndTime() {
        keep("a", paris, null);
        answers().keep(request("a"), answer("Lyon"), null, NOON.plusSeconds(30), ROOMY);

        assertThat(answers().find(request("a"), NOON.plusSeconds(80))).isEqualTo(answer("Lyon"));
    }

    @Test
    void keep_tooMany_thoseGoThatExpireSoonest() {
        var three = new CacheLimits(MINUTE, 3, 1_000_000);
        for (int i : List.of(2, 1, 4, 3)) {
            answers().keep(request("at " + i), paris, null, NOON.plusSeconds(i), three);
        }

        assertThat(kept(1, 2, 3, 4)).containsExactly(2, 3, 4);
    }

    @Test
    void keep_tooLarge_thoseGoThatExpireSoonest() {
        var thirty = new CacheLimits(MINUTE, 100, 30_000);
        for (int i = 1; i <= 4; i++) {
            answers().keep(request("at " + i), answer("x".repeat(i * 4_000)), null, NOON.plusSeconds(i), thirty);
        }

        assertThat(kept(1, 2, 3, 4)).containsExactly(3, 4);
    }

    @Test
    void keep_largerThanAllTheRoom_isNotKeptAndPushesNobodyOut() {
        var little = new CacheLimits(MINUTE, 100, 10_000);
        answers().keep(request("at 1"), paris, null, NOON, little);

        answers().keep(request("at 2"), answer("x".repeat(10_001)), null, NOON, little);

        assertThat(kept(1, 2)).containsExactly(1);
    }

    @Test
    void keep_theSameAgainAndAgain_takesTheRoomOfOne() {
        var two = new CacheLimits(MINUTE, 2, 1_000_000);
        answers().keep(request("at 1"), paris, null, NOON, two);
        for (int i = 0; i < 5; i++) {
            answers().keep(request("at 2"), paris, null, NOON.plusSeconds(1), two);
        }

        assertThat(kept(1, 2)).containsExactly(1, 2);
    }

    @Test
    void keep_theSameAtOnce_isOne() throws InterruptedException {
        var two = new CacheLimits(MINUTE, 2, 1_000_000);
        answers().keep(request("at 1"), paris, null, NOON, two);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.invokeAll(Stream.generate(() -> Executors.callable(
                            () -> answers().keep(request("at 2"), paris, null, NOON.plusSeconds(1), two)))
                    .limit(20)
                    .toList());
        }

        assertThat(kept(1, 2)).containsExactly(1, 2);
    }

    @Test
    void erase_conversation_takesItsAnswersAlong() {
        say(key, "q");
        say(key("other"), "q");
        keep("a", paris, key);
        keep("b", answer("x".repeat(9_000)), key);
        keep("c", paris, key("other"));
        keep("d", paris, null);

        conversations().erase(key);

        assertThat(Stream.of("a", "b", "c", "d").filter(each -> answers().find(request(each), NOON) != null))
                .containsExactly("c", "d");
    }

    @Test
    void erase_fork_leavesTheAnswersOfItsSource() {
        say(key, "q", "a");
        fork(key, 2, key("fork"), "more");
        keep("of the source", paris, key);
        keep("of the fork", paris, key("fork"));

        conversations().erase(key("fork"));
        assertThat(answers().find(request("of the source"), NOON)).isEqualTo(paris);
        assertThat(answers().find(request("of the fork"), NOON)).isNull();

        conversations().erase(key);
        assertThat(answers().find(request("of the source"), NOON)).isNull();
    }

    @Test
    void erase_answerKeptAgainFromAnotherConversation_staysWithThat() {
        say(key, "q");
        say(key("other"), "q");
        keep("a", paris, key);
        keep("a", paris, key("other"));

        conversations().erase(key);

        assertThat(answers().find(request("a"), NOON)).isEqualTo(paris);
    }

    @Test
    void keep_fromAConversationThatIsNotThere_keepsNothing() {
        keep("a", paris, null);

        assertThatCode(() -> keep("a", answer("Lyon"), key)).doesNotThrowAnyException();

        assertThat(answers().find(request("a"), NOON)).isNull();
    }

    @Test
    void keep_afterErasures_findsTheRoomAgain() {
        var limits = new CacheLimits(MINUTE, 2, 20_000);
        for (int round = 0; round < 5; round++) {
            say(key, "q");
            answers().keep(request("at 1"), answer("x".repeat(9_000)), key, NOON, limits);
            answers().keep(request("at 2"), answer("y".repeat(9_000)), key, NOON, limits);
            assertThat(kept(1, 2)).containsExactly(1, 2);
            conversations().erase(key);
        }

        assertThat(kept(1, 2)).isEmpty();
    }

    private void keep(String name, CachedAnswer answer, @Nullable ConversationKey from) {
        answers().keep(request(name), answer, from, NOON, ROOMY);
    }

    private List<Integer> kept(int... numbers) {
        Instant now = NOON.plusSeconds(10);
        return IntStream.of(numbers)
                .filter(i -> answers().find(request("at " + i), now) != null)
                .boxed()
                .toList();
    }

    private static CachedAnswer answer(String completion) {
        return new CachedAnswer(completion, "openai", "gpt-4o-mini");
    }

    private CacheKey request(String name) {
        return CacheKey.of(new Scope(scope.tenant(), scope.namespace()), name, "{}", List.of());
    }
}
