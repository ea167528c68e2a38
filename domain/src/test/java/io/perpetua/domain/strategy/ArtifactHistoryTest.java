package io.perpetua.domain.strategy;

import static io.perpetua.domain.strategy.Spoken.assistant;
import static io.perpetua.domain.strategy.Spoken.block;
import static io.perpetua.domain.strategy.Spoken.calls;
import static io.perpetua.domain.strategy.Spoken.turns;
import static io.perpetua.domain.strategy.Spoken.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which blocks are versions of the same thing. */
class ArtifactHistoryTest {

    private static final String CARD = "export function Card() { return <p>one</p>; }";

    @Test
    void sameFile_laterSupersedesEarlierWhoeverShowsIt() {
        var history = history(
                user(block("tsx src/Card.tsx", CARD)),
                assistant(block("tsx title=\"src/Card.tsx\"", CARD)),
                user("// no code"),
                assistant("Update `src/Card.tsx`:\n" + block("tsx", CARD)));

        assertThat(history.latest("")).containsExactly(List.of(new Place(4, 0)));
        assertThat(history.supersededAt(new Place(1, 0))).isEqualTo(new Place(4, 0));
        assertThat(history.supersededAt(new Place(2, 0))).isEqualTo(new Place(4, 0));
        assertThat(history.supersededAt(new Place(4, 0))).isNull();
    }

    @Test
    void nameWithoutFolders_isTheOnlyFileSoCalled() {
        assertThat(versions(block("tsx src/Card.tsx", CARD), block("tsx Card.tsx", CARD)))
                .isEqualTo(1);
        assertThat(versions(block("tsx Card.tsx", CARD), block("tsx src/Card.tsx", CARD)))
                .isEqualTo(1);
        assertThat(versions(block("tsx a/Card.tsx", CARD), block("tsx b/Card.tsx", CARD)))
                .isEqualTo(2);
        assertThat(versions(block("ts a/index.ts", "let x = 1"), block("ts index.ts", "let x = 1")))
                .isEqualTo(2);
        assertThat(versions(block("tsx a/Card.tsx", CARD), block("tsx b/Card.tsx", CARD), block("tsx Card.tsx", CARD)))
                .isEqualTo(3);
    }

    @Test
    void sameMainDeclaration_isTheSameWhereOneHasNoFile() {
        assertThat(versions(block("tsx", CARD), block("jsx", CARD))).isEqualTo(1);
        assertThat(versions(block("tsx", CARD), block("tsx Card.tsx", CARD), block("tsx", CARD)))
                .isEqualTo(1);
        assertThat(versions(block("tsx", CARD), block("tsx", CARD.replace("Card", "List"))))
                .isEqualTo(2);
        assertThat(versions(block("py", "class Card: pass"), block("java", "class Card {}")))
                .isEqualTo(2);
    }

    @Test
    void unnamed_supersedesWhatDeclaresNothingThatItDoesNot() {
        String two = ".a {}\n.b {}";
        assertThat(versions(block("css", two), block("css", two + "\n.c {}"))).isEqualTo(1);
        assertThat(versions(block("css", two), block("css", ".a {}\n.c {}"))).isEqualTo(2);
        assertThat(versions(block("js", "let a = 1\nlet b = 2"), block("py", "a = 1")))
                .isEqualTo(1);
    }

    @Test
    void partOfAFile_isAChangeOfItAndNotItsNewVersion() {
        String whole = CARD + "\n// " + "x".repeat(900);
        var history = history(
                assistant(block("tsx Card.tsx", whole)),
                assistant(block("tsx Card.tsx", "// ... existing code ...\nconst two = 2;")),
                assistant("In `Card.tsx`:\n\n" + block("tsx", "const three = 3;")));

        assertThat(history.latest("")).containsExactly(List.of(new Place(1, 0), new Place(2, 0), new Place(3, 0)));
        assertThat(history.supersededAt(new Place(1, 0))).isNull();

        var rewritten = history.after(List.of(turn(4, assistant(block("tsx Card.tsx", whole)))));
        assertThat(rewritten.latest("")).containsExactly(List.of(new Place(4, 0)));
        assertThat(rewritten.supersededAt(new Place(2, 0))).isEqualTo(new Place(4, 0));
    }

    @Test
    void changedTooOften_isNotShownAsIfItWereWhole() {
        var said = new ArrayList<Message>();
        said.add(assistant(block("tsx Card.tsx", CARD)));
        for (int i = 0; i < 20; i++) {
            said.add(assistant(block("tsx Card.tsx", "// ... existing code ...\nlet a = " + i)));
        }

        assertThat(history(said.toArray(Message[]::new)).latest("")).isEmpty();
    }

    @Test
    void toolCalls_andBlocksAreVersionsOfTheSameFile() {
        var history = history(
                assistant(block("py src/cart.py", "total = 1")),
                calls("write_file", "{\"path\":\"src/cart.py\",\"content\":\"total = 2\"}"));

        assertThat(history.latest("")).containsExactly(List.of(new Place(2, 0)));
        var call = calls("write_file", "{\"path\":\"src/cart.py\",\"content\":\"total = 2\"}");
        assertThat(ArtifactView.of(Artifacts.in(call).getFirst()))
                .isEqualTo("src/cart.py, latest version:\n```\ntotal = 2\n```");
    }

    @Test
    void latest_startsWithWhatTheMessageNamesThenWithWhatChangedLast() {
        var history = history(
                assistant(block("tsx src/UserMenu.tsx", "let a")),
                assistant(block("tsx src/Card.tsx", "let b")),
                assistant(block("tsx src/List.tsx", "let c")));

        assertThat(history.latest("the user menu is too wide").stream()
                        .map(places -> places.getFirst().turn()))
                .containsExactly(1, 3, 2);
    }

    @Test
    void rest_marksWhatIsSupersededAndKeepsTheProse() {
        var said = turns(
                assistant("First try:\n" + block("tsx Card.tsx", CARD) + "\nTell me."),
                assistant(block("tsx Card.tsx", CARD)),
                assistant(block("tsx Card.tsx", CARD)));
        var history = ArtifactHistory.EMPTY.after(said);

        assertThat(ArtifactView.rest(said.get(0), history, false, 3, List.of()))
                .isEqualTo("First try:\n[Card.tsx: superseded in turn 3]\nTell me.");
        assertThat(ArtifactView.rest(said.get(0), history, false, 2, List.of()))
                .contains("[Card.tsx: superseded below]");
        assertThat(ArtifactView.rest(said.get(1), history, false, 3, List.of())).isEmpty();
        assertThat(ArtifactView.rest(said.get(2), history, false, 3, List.of())).contains(CARD);
        assertThat(ArtifactView.rest(said.get(2), history, true, 3, List.of())).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void after_turnByTurnOrAtOnce_isTheSameAndTheLastOfEachNameIsTheLatest(long seed) {
        var random = new SplittableRandom(seed);
        var said = new ArrayList<Message>();
        var last = new HashMap<String, Integer>();
        for (int turn = 1; turn <= 200; turn++) {
            String name = "part" + random.nextInt(12) + ".ts";
            said.add(assistant(block("ts src/" + name, "let v = " + turn)));
            last.put(name, turn);
        }
        var turns = turns(said.toArray(Message[]::new));
        var atOnce = ArtifactHistory.EMPTY.after(turns);
        var step = ArtifactHistory.EMPTY;
        for (Turn turn : turns) {
            step = step.after(List.of(turn));
        }

        assertThat(step.latest("")).isEqualTo(atOnce.latest("")).hasSize(last.size());
        assertThat(atOnce.latest("").stream().map(places -> places.getFirst().turn()))
                .containsExactlyInAnyOrderElementsOf(last.values());
        for (Turn turn : turns) {
            var newer = atOnce.supersededAt(new Place(turn.number(), 0));
            assertThat(newer == null).isEqualTo(last.containsValue(turn.number()));
        }
    }

    private static long versions(String... texts) {
        var said = new ArrayList<Message>();
        for (String text : texts) {
            said.add(assistant(text));
        }
        return history(said.toArray(Message[]::new)).latest("").size();
    }

    private static ArtifactHistory history(Message... said) {
        return ArtifactHistory.EMPTY.after(turns(said));
    }

    private static Turn turn(int number, Message message) {
        return new Turn(number, message, Instant.EPOCH, 1);
    }
}
