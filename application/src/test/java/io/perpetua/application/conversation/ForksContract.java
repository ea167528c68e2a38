package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import io.perpetua.domain.mode.Mode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Conversations} owes conversations that share a beginning. */
public abstract class ForksContract extends RecordContract {

    @Test
    void append_fork_sharesTheTurnsBeforeIt() {
        say(key, "a", "b", "c", "d");
        var later = new NewTurn(message("x"), NOON.plusSeconds(9), 3, List.of());

        var fork = stored(new Append(
                key("fork"),
                "ann",
                new Fork(key, 2),
                0,
                List.of(later),
                null,
                UUID.randomUUID().toString()));

        assertThat(texts(key("fork"))).containsExactly("a", "b", "x");
        assertThat(turns(key("fork"))).extracting(Turn::number).containsExactly(1, 2, 3);
        assertThat(texts(key)).containsExactly("a", "b", "c", "d");
        assertThat(fork.path())
                .containsExactly(new PathSegment(branch(key), 1, 2), new PathSegment(branch(key("fork")), 3, 3));
        assertThat(fork.turns()).isEqualTo(3);
        assertThat(fork.tokens()).isEqualTo(2 * TOKENS + 3);
        assertThat(fork.forkedFrom()).isEqualTo("conversation");
        assertThat(fork.user()).isEqualTo("ann");
        assertThat(fork.createdAt()).isEqualTo(later.at());
        assertThat(conversations().find(key("fork"))).isEqualTo(fork);
    }

    @Test
    void tokens_ofABeginning_areThoseOfItsTurnsOnThePath() {
        say(key, "a", "b", "c", "d");
        fork(key, 2, key("fork"), "x", "y");

        assertThat(conversations().tokens(key, 0)).isZero();
        assertThat(conversations().tokens(key, 3)).isEqualTo(3 * TOKENS);
        assertThat(conversations().tokens(key("fork"), 3)).isEqualTo(3 * TOKENS);
        assertThat(conversations().tokens(key("fork"), 99)).isEqualTo(4 * TOKENS);
        assertThat(conversations().tokens(key("nobody"), 3)).isZero();
    }

    @Test
    void append_forkOfAFork_sharesWithBoth() {
        say(key, "a", "b", "c");
        fork(key, 2, key("fork"), "x", "y");

        var across = fork(key("fork"), 3, key("across"), "z");
        var below = fork(key("fork"), 1, key("below"), "w");

        assertThat(texts(key("across"))).containsExactly("a", "b", "x", "z");
        assertThat(across.path())
                .containsExactly(
                        new PathSegment(branch(key), 1, 2),
                        new PathSegment(branch(key("fork")), 3, 3),
                        new PathSegment(branch(key("across")), 4, 4));
        assertThat(texts(key("below"))).containsExactly("a", "w");
        assertThat(below.path())
                .containsExactly(new PathSegment(branch(key), 1, 1), new PathSegment(branch(key("below")), 2, 2));
        assertThat(below.forkedFrom()).isEqualTo("fork");
        assertThat(below.tokens()).isEqualTo(2 * TOKENS);
    }

    @Test
    void append_forkAtNothing_sharesNothing() {
        say(key, "a");

        var fork = fork(key, 0, key("fork"), "x");

        assertThat(texts(key("fork"))).containsExactly("x");
        assertThat(fork.path()).containsExactly(new PathSegment(branch(key("fork")), 1, 1));
        assertThat(fork.forkedFrom()).isEqualTo("conversation");
    }

    @Test
    void append_toAFork_growsItAlone() {
        say(key, "a", "b");
        fork(key, 1, key("fork"), "x");

        say(key("fork"), "y");
        say(key, "c");

        assertThat(texts(key("fork"))).containsExactly("a", "x", "y");
        assertThat(texts(key)).containsExactly("a", "b", "c");
        assertThat(conversations().turns(key("fork"), List.of(new TurnRange(1, 1), new TurnRange(3, 3))))
                .extracting(turn -> turn.message().text())
                .containsExactly("a", "y");
    }

    @Test
    void append_forkOfWhatIsNotThere_storesNothing() {
        say(key, "a", "b");

        for (var from : List.of(new Fork(key, 3), new Fork(key("none"), 0))) {
            assertThat(conversations()
                            .append(new Append(
                                    key("fork"),
                                    null,
                                    from,
                                    0,
                                    newTurns("x"),
                                    null,
                                    UUID.randomUUID().toString())))
                    .isEqualTo(new Outcome.Moved(null));
        }
        assertThat(conversations().find(key("fork"))).isNull();
    }

    @Test
    void append_forkThatIsThereAlready_growsIt() {
        say(key, "a", "b");
        fork(key, 1, key("fork"), "x");

        stored(new Append(
                key("fork"),
                null,
                new Fork(key, 2),
                Append.WHATEVER,
                newTurns("y"),
                null,
                UUID.randomUUID().toString()));

        assertThat(texts(key("fork"))).containsExactly("a", "x", "y");
    }

    @Test
    void append_fork_startsFromTheModeOfWhatItLeaves() {
        conversations()
                .append(new Append(
                        key,
                        null,
                        null,
                        0,
                        newTurns("a"),
                        Mode.SAFE,
                        UUID.randomUUID().toString()));

        assertThat(fork(key, 1, key("fork"), "x").mode()).isEqualTo(Mode.SAFE);
    }

    @Test
    void append_fork_takesAlongWhatWasDetectedAndPinnedInTheSharedTurns() {
        say(key, "a");
        pin("early", "Be brief.", 1);
        detect(key, new Detected(Kind.IDENTITY, "Their name is Ann.", "name"));
        pin("shared", "Answer in French.", 2);
        detect(key, new Detected(Kind.IDENTITY, "They moved to Oslo.", "home"));
        pin("late", "The secret is 7.", 3);
        pin("unknown", "The secret is 8.", 0);

        fork(key, 2, key("fork"), "x");
        anchors().remove(key, "shared");

        assertThat(standing(key("fork"))).containsExactly("Be brief.", "Answer in French.", "Their name is Ann.");
        assertThat(anchors().of(key("fork"))).extracting(Anchor::turn).containsExactly(1, 2, 2);
        assertThat(standing(key))
                .containsExactly(
                        "Be brief.",
                        "The secret is 7.",
                        "The secret is 8.",
                        "Their name is Ann.",
                        "They moved to Oslo.");
    }

    @Test
    void append_forkBeforeWhatWasDetectedWasPinned_hasWhatWasDetected() {
        detect(key, new Detected(Kind.IDENTITY, "They live in Bergen.", "home"));
        detect(key, new Detected(Kind.IDENTITY, "They live in Oslo.", "home"));
        say(key, "a");
        pin("late", "They live in Oslo.", 3);

        fork(key, 2, key("fork"), "x");

        assertThat(standing(key("fork"))).containsExactly("They live in Oslo.");
    }

    private void pin(String id, String text, int turns) {
        anchors().pin(key, new Anchor(id, text, "style", 3, Origin.PINNED, turns, null, NOON));
    }

    @Test
    void append_forkBeforeAnAnchorWasReplaced_hasTheOneThatHeld() {
        detect(key, new Detected(Kind.IDENTITY, "They live in Bergen.", "home"));
        detect(key, new Detected(Kind.IDENTITY, "They live in Oslo.", "home"));

        fork(key, 1, key("fork"), "x");
        detect(key("fork"), new Detected(Kind.IDENTITY, "Their name is Ann.", "name"));

        assertThat(standing(key)).containsExactly("They live in Oslo.");
        assertThat(standing(key("fork"))).containsExactly("They live in Bergen.", "Their name is Ann.");
    }

    @Test
    void append_fork_takesABriefOfSharedTurnsOnlyAlong() {
        say(key, "a", "b", "c");
        briefs().replace(key, 0, new Brief("They said a and b.", 2, 8));

        fork(key, 2, key("fork"), "x");
        fork(key, 1, key("earlier"), "x");

        assertThat(briefs().find(key("fork"))).isEqualTo(new Brief("They said a and b.", 2, 8));
        assertThat(briefs().find(key("earlier"))).isNull();
    }
}
