package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RankerTest {

    @Test
    void rank_wordsOfTheQuestion_firstIsTheTurnThatHasThem() {
        var talk = dialogue();

        assertThat(first(talk, "lighthouse")).isEqualTo(3);
    }

    @Test
    void rank_answerWithoutTheWords_standsOutByItsNeighbour() {
        var talk = dialogue();
        var ranking = Ranker.rank(talk.asked("lighthouse"), asks("lighthouse"));

        assertThat(ranking.score()[3]).isGreaterThan(ranking.score()[6]);
    }

    @Test
    void rank_neighbourInAnotherSession_gainsNothing() {
        var talk = new Talk()
                .says("Ada", "red")
                .says("Ben", "lighthouse")
                .later(Duration.ofDays(1))
                .says("Ada", "green")
                .says("Ben", "blue")
                .says("Ada", "grey");
        var ranking = Ranker.rank(talk.asked("lighthouse"), asks("lighthouse"));

        assertThat(ranking.score()[0]).isGreaterThan(ranking.score()[2]);
        assertThat(ranking.score()[2]).isEqualTo(ranking.score()[4]);
    }

    @Test
    void rank_meaning_findsWhatSharesNoWord() {
        var talk = dialogue();
        float[] meaning = {0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.9f, 0.1f, 0.1f};
        var ranking = Ranker.rank(talk.asked("boat", meaning), asks("boat"));

        assertThat(turn(ranking, 0)).isEqualTo(6);
    }

    @Test
    void rank_turnNotEmbeddedYet_isNeitherRaisedNorLowered() {
        var talk = dialogue();
        float[] meaning = {0.1f, 0.3f, 0.1f, 0.3f, 0.1f, Float.NaN, 0.1f, 0.3f};
        var ranking = Ranker.rank(talk.asked("boat", meaning), asks("boat"));

        assertThat(ranking.score()[5]).isBetween(-1.0, 1.0);
    }

    @Test
    void rank_passages_raiseTheTurnsTheyHold() {
        var talk = dialogue();
        float[] even = new float[8];
        Arrays.fill(even, 0.5f);
        float[] passages = {Float.NaN, Float.NaN, 0.2f, Float.NaN, Float.NaN, 0.9f, Float.NaN, Float.NaN};
        var ranking = Ranker.rank(talk.asked("boat", even, passages), asks("boat"));

        assertThat(ranking.score()[4]).isGreaterThan(ranking.score()[1]);
        assertThat(ranking.score()[5]).isGreaterThan(ranking.score()[7]);
    }

    @Test
    void rank_questionNamesASpeaker_hisTurnsComeFirst() {
        var talk = new Talk()
                .says("Ada", "lighthouse trip")
                .says("Ben", "lighthouse trip")
                .says("Ada", "rain")
                .says("Ben", "sun");

        assertThat(first(talk, "What did Ben say of the lighthouse trip?")).isEqualTo(2);
        assertThat(first(talk, "What did ada's notes say of the lighthouse trip?"))
                .isEqualTo(1);
    }

    @Test
    void rank_questionNamesADay_whatWasSaidThenComesFirst() {
        var talk = new Talk()
                .says("Ada", "we met the painter")
                .later(Duration.ofDays(20))
                .says("Ben", "we met the painter")
                .later(Duration.ofDays(60))
                .says("Ada", "we met the painter");

        assertThat(first(talk, "Who met the painter on 24 March 2024?")).isEqualTo(2);
        assertThat(first(talk, "Who met the painter in May?")).isEqualTo(3);
    }

    @Test
    void rank_assistantThatTalksALot_userTurnsComeFirst() {
        var talk = chat();

        assertThat(first(talk, "budget")).isEqualTo(5);
    }

    @Test
    void rank_chatAskedWhatTheAssistantSaid_itsTurnsCatchUp() {
        var talk = chat();
        var plain = Ranker.rank(talk.asked("budget"), asks("the budget"));
        var addressed = Ranker.rank(talk.asked("budget"), asks("what did you recommend for the budget"));

        assertThat(lead(addressed)).isLessThan(lead(plain));
    }

    @Test
    void rank_chat_longTurnsAreClippedAndMoreSoForABroadQuestion() {
        var talk = chat();
        var narrow = Ranker.rank(talk.asked("budget"), asks("What is my budget?"));
        var broad = Ranker.rank(talk.asked("budget"), asks("Give me a summary of our work on the budget"));

        assertThat(narrow.limits()[1]).isLessThan(600);
        assertThat(broad.limits()[1]).isLessThan(narrow.limits()[1]);
        assertThat(narrow.limits()[0]).isEqualTo(10);
    }

    @Test
    void rank_nothingIndexed_isEmpty() {
        assertThat(Ranker.rank(new Talk().asked("anything"), asks("anything")).order())
                .isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rank_anyConversation_isAPermutationFromBestToWorst(long seed) {
        var random = new Random(seed);
        var talk = new Talk();
        int turns = 1 + random.nextInt(200);
        float[] meaning = new float[turns];
        for (int i = 0; i < turns; i++) {
            talk.says(
                    random.nextBoolean() ? Role.USER : Role.ASSISTANT,
                    random.nextBoolean() ? "Ada" : null,
                    "w" + random.nextInt(20) + " w" + random.nextInt(20),
                    random.nextInt(900));
            talk.later(Duration.ofMinutes(random.nextInt(90)));
            meaning[i] = random.nextInt(5) == 0 ? Float.NaN : random.nextFloat();
        }
        var ranking = Ranker.rank(talk.asked("w1 w2 w2", meaning), asks("Ada w1 w2 w2 in March"));

        assertThat(Arrays.stream(ranking.order()).sorted().toArray())
                .isEqualTo(IntStream.range(0, turns).toArray());
        for (int place = 1; place < turns; place++) {
            int better = ranking.order()[place - 1];
            int worse = ranking.order()[place];
            assertThat(ranking.score()[better]).isFinite().isGreaterThanOrEqualTo(ranking.score()[worse]);
            assertThat(ranking.score()[better] > ranking.score()[worse] || better > worse)
                    .isTrue();
        }
        assertThat(Arrays.stream(ranking.score()).sum()).isBetween(-1e-6, 1e-6);
    }

    private static Talk dialogue() {
        return new Talk()
                .says("Ada", "hello there")
                .says("Ben", "what did they build on the rock")
                .says("Ada", "a lighthouse of course")
                .says("Ben", "that must have been hard")
                .says("Ada", "my sister plays chess")
                .says("Ben", "we went sailing")
                .says("Ada", "dinner was good")
                .says("Ben", "good night");
    }

    private static Talk chat() {
        return new Talk()
                .user("hello")
                .assistant("budget budget ideas", 600)
                .user("tell me more")
                .assistant("more ideas", 500)
                .user("my budget is small")
                .assistant("noted", 700);
    }

    private static double lead(Ranking ranking) {
        return ranking.score()[4] - ranking.score()[1];
    }

    private static int first(Talk talk, String question) {
        return turn(Ranker.rank(talk.asked(question), asks(question)), 0);
    }

    private static int turn(Ranking ranking, int place) {
        return ranking.signals().table().numbers()[ranking.order()[place]];
    }

    private static Question asks(String text) {
        return new Question(text, Talk.START.plus(Duration.ofDays(100)));
    }
}
