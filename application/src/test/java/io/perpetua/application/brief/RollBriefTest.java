package io.perpetua.application.brief;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.calls;
import static io.perpetua.application.conversation.Said.report;
import static io.perpetua.application.conversation.Said.user;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.brief.BriefListener.Author;
import io.perpetua.application.brief.Summarizer.SummarizerUnavailable;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.mode.ModePolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollBriefTest {

    private static final int MOST = 100;
    private static final Summarizer AWAY = (before, turns, most) -> {
        throw new SummarizerUnavailable("away", null);
    };

    private final World world = new World();
    private final List<List<Integer>> folded = new ArrayList<>();
    private final List<Author> kept = new ArrayList<>();
    private final RollBrief briefs = world.briefs(this::summarize, AWAY, MOST);

    @Test
    void roll_shortConversation_hasNoBrief() {
        world.say("c", exchanges(9, 200));

        roll(briefs);

        assertThat(brief()).isNull();
    }

    @Test
    void roll_longConversation_coversAllButItsEndAtAnExchangesBorder() {
        world.say("c", exchanges(30, 100)); // 60 × 134 = 8 040

        roll(briefs);

        var brief = Objects.requireNonNull(brief());
        assertThat(brief.coversThrough()).isEqualTo(56); // 800 tokens stay: two exchanges of 268
        assertThat(folded).hasSize(1);
    }

    @Test
    void roll_again_changesNothing() {
        world.say("c", exchanges(30, 100));
        roll(briefs);
        var brief = brief();

        roll(briefs);

        assertThat(brief()).isEqualTo(brief);
        assertThat(folded).hasSize(1);
    }

    @Test
    void roll_growingConversation_waitsUntilItIsWorthItAndGoesOnFromTheBrief() {
        world.say("c", exchanges(30, 100));
        roll(briefs);

        for (int i = 0; i < 4; i++) { // 6 exchanges are 1 608 tokens, of 800 + √(2 · 2 · 803 · 268) = 1 727
            world.say("c", exchanges(1, 100));
            roll(briefs);
        }
        assertThat(folded).hasSize(1);
        world.say("c", exchanges(1, 100));
        roll(briefs);

        assertThat(folded).hasSize(2);
        assertThat(folded.get(1).getFirst()).isEqualTo(57);
        assertThat(Objects.requireNonNull(brief()).text())
                .isEqualTo("through 56, through " + folded.get(1).getLast());
    }

    @Test
    void roll_longImport_isFoldedInStretchesThatFollowEachOther() {
        world.say("c", exchanges(400, 20));

        roll(briefs);

        assertThat(folded).hasSizeBetween(4, 5);
        assertThat(folded).allSatisfy(turns -> assertThat(turns).hasSizeLessThanOrEqualTo(200));
        assertThat(folded.stream().flatMap(List::stream).toList())
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(1);
        assertThat(Objects.requireNonNull(brief()).coversThrough()).isBetween(780, 798);
    }

    @Test
    void roll_exchangeLongerThanAStretch_doesNotStopIt() {
        var said = new ArrayList<Message>();
        said.add(user("start"));
        for (int i = 0; i < 150; i++) {
            Collections.addAll(said, calls("f"), report("f", "word ".repeat(20)));
        }
        said.add(assistant("done"));
        said.addAll(exchanges(100, 20));
        world.say("c", said);

        roll(briefs);

        assertThat(Objects.requireNonNull(brief()).coversThrough()).isGreaterThan(400);
    }

    @Test
    void roll_anotherInstanceIsAboutIt_isLeftToThat() {
        world.say("c", exchanges(30, 100));
        var others = requireNonNull(world.otherLeases.take("brief:5:local7:default" + "c"));
        roll(briefs);
        assertThat(brief()).isNull();

        others.close();
        roll(briefs);

        assertThat(brief()).isNotNull();
        assertThat(world.otherLeases.take("brief:5:local7:default" + "c"))
                .as("given up at the end")
                .isNotNull();
    }

    @Test
    void roll_leasesAway_makesItAllTheSame() {
        world.say("c", exchanges(30, 100));
        world.allLeases.away(true);

        roll(briefs);

        assertThat(brief()).isNotNull();
    }

    @Test
    void roll_summarizerAway_usesTheFallback() {
        world.say("c", exchanges(30, 100));

        roll(world.briefs(AWAY, this::summarize, MOST));

        assertThat(brief()).isNotNull();
    }

    @Test
    void roll_summarizerSaysTooMuchOrNothing_usesTheFallback() {
        world.say("c", exchanges(30, 100));
        roll(world.briefs((before, turns, most) -> "word ".repeat(most), this::summarize, MOST));
        assertThat(Objects.requireNonNull(brief()).text()).startsWith("through");

        world.say("c", exchanges(30, 100));
        roll(world.briefs((before, turns, most) -> " ", this::summarize, MOST));
        assertThat(Objects.requireNonNull(brief()).text()).startsWith("through 56, through");
    }

    @Test
    void roll_nothingToTell_keepsNoBrief() {
        world.say("c", exchanges(30, 100));

        roll(world.briefs(AWAY, (before, turns, most) -> "", MOST));

        assertThat(brief()).isNull();
    }

    @Test
    void roll_briefAsLongAsItMayBe_keepsToItsBoundsHeadingIncluded() {
        world.say("c", exchanges(30, 100));

        roll(world.briefs((before, turns, most) -> words(most), AWAY, MOST));

        var brief = Objects.requireNonNull(brief());
        assertThat(world.tokens.ofText(Sections.brief(brief))).isBetween(MOST - 10, MOST);
    }

    @Test
    void roll_twoAtOnce_oneIsKept() {
        world.say("c", exchanges(30, 100));
        var other = world.briefs((before, turns, most) -> "other", AWAY, MOST);

        roll(world.briefs(
                (before, turns, most) -> {
                    roll(other);
                    return "late";
                },
                AWAY,
                MOST));

        assertThat(Objects.requireNonNull(brief()).text()).isEqualTo("other");
    }

    @Test
    void roll_unknownConversation_isNothing() {
        roll(briefs);

        assertThat(folded).isEmpty();
    }

    @Test
    void stored_manyTimesWhileOneWaits_isRolledOnce() {
        var lane = new ArrayDeque<Runnable>();
        var queued = onLane(lane::add);
        var appended = appended(world.say("c", exchanges(30, 100)));

        queued.stored(appended, List.of());
        queued.stored(appended, List.of());
        assertThat(lane).hasSize(1);
        lane.remove().run();
        assertThat(brief()).isNotNull();

        queued.stored(appended, List.of());
        assertThat(lane).hasSize(1);
    }

    @Test
    void stored_laneRefuses_isAskedAgainByTheNextTurn() {
        var full = new ArrayList<>(List.of(true));
        var queued = onLane(task -> {
            if (!full.isEmpty()) {
                full.clear();
                throw new RejectedExecutionException();
            }
            task.run();
        });
        var appended = appended(world.say("c", exchanges(30, 100)));

        queued.stored(appended, List.of());
        assertThat(brief()).isNull();

        queued.stored(appended, List.of());
        assertThat(brief()).isNotNull();
    }

    @Test
    void stored_shortConversation_isNotEvenQueued() {
        var lane = new ArrayDeque<Runnable>();

        onLane(lane::add).stored(appended(world.say("c", exchanges(2, 10))), List.of());

        assertThat(lane).isEmpty();
    }

    @Test
    void listener_hearsWhoWroteWhatIsKept() {
        world.say("c", exchanges(30, 100));
        roll(onLane(Runnable::run));
        world.say("d", exchanges(30, 100));
        onLane(Runnable::run, AWAY, this::summarize).roll(World.key("d"));
        onLane(Runnable::run).roll(World.key("d"));

        assertThat(kept).containsExactly(Author.SUMMARIZER, Author.FALLBACK);
    }

    private RollBrief onLane(Executor lane) {
        return onLane(lane, this::summarize, AWAY);
    }

    private RollBrief onLane(Executor lane, Summarizer summarizer, Summarizer fallback) {
        return new RollBrief(
                world.stores.conversations(),
                world.stores.briefs(),
                summarizer,
                fallback,
                world.tokens.counter(),
                ModePolicy.DEFAULT,
                Compaction.DEFAULT,
                MOST,
                world.leases,
                kept::add,
                lane);
    }

    private static Appended appended(Conversation conversation) {
        return new Appended(conversation, new TurnRange(1, conversation.turns()));
    }

    private static void roll(RollBrief briefs) {
        briefs.roll(World.key("c"));
    }

    private @Nullable Brief brief() {
        return world.stores.briefs().find(World.key("c"));
    }

    private String summarize(@Nullable Brief before, List<Turn> turns, int maxTokens) {
        folded.add(turns.stream().map(Turn::number).toList());
        String added = "through " + turns.getLast().number();
        return before == null ? added : before.text() + ", " + added;
    }

    /** A text of {@code tokens} tokens at most, and nearly that many. */
    private static String words(int tokens) {
        return "word ".repeat((int) (tokens / 1.3)).strip();
    }

    private static List<Message> exchanges(int count, int words) {
        var said = new ArrayList<Message>();
        for (int i = 0; i < count; i++) {
            said.add(user("q ".repeat(words)));
            said.add(assistant("a ".repeat(words)));
        }
        return said;
    }
}
