package io.perpetua.application.context;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.calls;
import static io.perpetua.application.conversation.Said.report;
import static io.perpetua.application.conversation.Said.system;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.World;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Dropped.Reason;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a context is made of. A word costs 1.3 tokens, a message 4 more, so one of {@code n} tens of words 17 n. */
class AssembleContextTest {

    private static final int WINDOW = 128_000;

    private final World world = new World();

    @Test
    void assemble_shortConversation_isReallyAllOfIt() {
        world.say("c", exchanges(1, 20, 5));

        var context = assemble("c", user("next"));

        assertThat(context.mode()).isEqualTo(Mode.FULL);
        assertThat(texts(context)).containsExactlyElementsOf(withLast(world.texts("c"), "next"));
        assertThat(context.useRetrieval()).isFalse();
        assertThat(context.dropped()).isEmpty();
        assertThat(context.tokens().sent()).isEqualTo(context.tokens().full());
    }

    @Test
    void assemble_thresholds_areCrossedByTheConversationsOwnTokens() {
        world.say("below", exchanges(1, 9, 200)); // 18 × 264 = 4 752
        world.say("above", exchanges(1, 10, 200)); // 20 × 264 = 5 280
        world.say("far above", exchanges(1, 40, 200)); // 80 × 264 = 21 120

        assertThat(assemble("below", user(words(100, "new"))).mode()).isEqualTo(Mode.FULL);
        assertThat(assemble("above", user("short")).mode()).isEqualTo(Mode.BALANCED);
        assertThat(assemble("far above", user("short")).mode()).isEqualTo(Mode.SAFE);
    }

    @Test
    void assemble_justBelowAThreshold_staysInTheStricterMode() {
        var past = world.say("c", exchanges(1, 9, 200));
        var served = new Conversation(
                past.key(),
                past.user(),
                past.path(),
                past.turns(),
                past.tokens(),
                Mode.BALANCED,
                null,
                past.createdAt(),
                past.updatedAt());
        var dialogue = new Dialogue(past.key(), true, null, served, past.turns(), List.of(user("next")));

        assertThat(world.assemble
                        .assemble(dialogue, List.of(), 0, MemoryOptions.DEFAULT, WINDOW)
                        .mode())
                .isEqualTo(Mode.BALANCED);
    }

    @Test
    void assemble_wholeBeyondBudgetOrWindow_fallsBackToBalanced() {
        world.say("c", exchanges(1, 8, 200)); // 4 224

        assertThat(assemble("c", user("x")).mode()).isEqualTo(Mode.FULL);
        assertThat(assemble("c", options(null, 4_500), WINDOW, user("x")).mode())
                .isEqualTo(Mode.BALANCED);
        assertThat(assemble("c", MemoryOptions.DEFAULT, 5_000, user("x")).mode())
                .isEqualTo(Mode.BALANCED);
    }

    @Test
    void assemble_fullAskedFor_isKeptBeyondTheBudgetAndRefusedBeyondTheWindow() {
        world.say("c", exchanges(1, 20, 200));

        var context = assemble("c", options(Mode.FULL, null), WINDOW, user("x"));

        assertThat(context.messages()).hasSize(41);
        assertThatThrownBy(() -> assemble("c", options(Mode.FULL, null), 10_000, user("x")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("10569")
                .hasMessageContaining("10000");
    }

    @Test
    void assemble_balanced_hasAtMost30RecentTurnsInWholeExchanges() {
        var said = new ArrayList<Message>();
        for (int i = 1; i <= 100; i++) {
            Collections.addAll(
                    said, user("q" + i + words(20, "w")), calls("f"), report("f", "r" + i), assistant("a" + i));
        }
        world.say("c", said);

        var context = assemble("c", withoutRecall(null), WINDOW, user("next"));

        assertThat(context.mode()).isEqualTo(Mode.BALANCED);
        assertThat(context.messages()).hasSize(28 + 1);
        assertThat(context.messages().getFirst().text()).startsWith("q94");
    }

    @Test
    void assemble_safe_hasAtMost40RecentTurns() {
        world.say("c", exchanges(1, 800, 8)); // 1600 × 15 = 24 000

        var context = assemble("c", withoutRecall(null), WINDOW, user("next"));

        assertThat(context.mode()).isEqualTo(Mode.SAFE);
        assertThat(context.messages()).hasSize(41);
    }

    @Test
    void assemble_openExchangeLongerThanTheRecentTurns_isWholeAndTearsNoOther() {
        var said = new ArrayList<>(exchanges(1, 10, 300));
        said.add(user("start"));
        for (int i = 0; i < 25; i++) {
            Collections.addAll(said, calls("f"), report("f", "r" + i));
        }
        said.add(calls("f"));
        world.say("c", said);

        var context = assemble("c", withoutRecall(null), WINDOW, report("f", "last"));

        var texts = texts(context);
        int start = texts.indexOf("start");
        assertThat(texts.subList(start, texts.size())).hasSize(53).endsWith("last");
        assertThat(start % 2).isZero();
        assertThat(context.messages().getFirst().role().wire()).isEqualTo("user");
    }

    @Test
    void assemble_exchangesLongerThanWhatIsRead_areNotTorn() {
        var said = new ArrayList<>(exchanges(1, 10, 300));
        for (int exchange = 0; exchange < 2; exchange++) {
            said.add(user("start " + exchange));
            for (int i = 0; i < 22; i++) {
                Collections.addAll(said, calls("f"), report("f", "r" + i));
            }
            said.add(exchange == 0 ? assistant("done") : calls("f"));
        }
        world.say("c", said);

        var context = assemble("c", withoutRecall(null), WINDOW, report("f", "last"));

        assertThat(context.messages().getFirst().text()).isEqualTo("start 1");
    }

    @Test
    void assemble_olderTurnsThatBearOnTheMessage_areRecalledInOrderEachOnceAndNoneOfTheRecent() {
        var said = new ArrayList<>(exchanges(1, 60, 60));
        said.set(20, user("my cat is called Miranda"));
        said.set(22, user("Miranda eats fish"));
        world.say("c", said);

        var context = assemble("c", user("what is Miranda, my cat, called?"));

        String last = context.messages().getLast().text();
        assertThat(last).contains("my cat is called Miranda").endsWith("what is Miranda, my cat, called?");
        var numbers = recalled(context);
        assertThat(numbers).contains(21, 23).isSorted().doesNotHaveDuplicates();
        int recent = context.messages().size() - 1;
        assertThat(numbers).allMatch(number -> number <= 120 - recent);
        assertThat(context.useRetrieval()).isTrue();
    }

    @Test
    void assemble_messageBeyondTheBudget_goesThroughWhole() {
        world.say("c", exchanges(1, 30, 100));
        var message = user(words(8_000, "long"));

        var context = assemble("c", message);

        assertThat(context.messages().getLast().text()).endsWith(message.text());
        assertThat(context.tokens().sent()).isGreaterThan(context.tokens().budget());
        assertThat(context.dropped()).isNotEmpty();
    }

    @Test
    void assemble_messageBeyondTheWindow_isRefusedWithTheNumbers() {
        world.say("c", exchanges(1, 30, 100));

        assertThatThrownBy(() -> assemble("c", MemoryOptions.DEFAULT, 8_000, user(words(8_000, "long"))))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("10407")
                .hasMessageContaining("8000");
        assertThatThrownBy(() -> assemble("new", MemoryOptions.DEFAULT, 8_000, user(words(8_000, "long"))))
                .isInstanceOf(RequestRefused.class);
    }

    @Test
    void assemble_anchors_areAlwaysThere() {
        world.say("short", exchanges(1, 2, 10));
        world.say("long", exchanges(1, 60, 100));
        pin("short", "a", "Answer in French.");
        pin("long", "a", "Answer in French.");

        for (String id : List.of("short", "long")) {
            assertThat(assemble(id, user("x")).messages().getFirst().text()).contains("Answer in French.");
            var instructed = world.assemble.assemble(
                    dialogue(id, user("x")), List.of(system("Be kind.")), 0, MemoryOptions.DEFAULT, WINDOW);
            assertThat(instructed.messages().getFirst().text())
                    .startsWith("Be kind.")
                    .contains("Answer in French.");
        }
    }

    @Test
    void assemble_anchorsBeyondTheirShare_dropTheOldestDetectedFirstAndSaySo() {
        world.say("long", exchanges(1, 60, 100));
        detect("long", words(500, "old"), null);
        pin("long", "pinned", words(500, "pinned"));
        detect("long", words(500, "new"), null);

        var context = assemble("long", user("x"));

        assertThat(context.messages().getFirst().text())
                .contains("pinned", "new")
                .doesNotContain("old");
        assertThat(context.anchors()).extracting(Anchor::id).containsExactly("pinned", "t122-1");
        assertThat(context.dropped())
                .contains(new Dropped(Part.ANCHORS, List.of(121), List.of("t121-1"), Reason.OVER_BUDGET));
        assertThat(context.tokens().parts().get(Part.ANCHORS)).isBetween(1, 1_600);
    }

    @Test
    void assemble_pinnedBeyondTheirShare_areNamedWhereTheyAreDropped() {
        world.say("long", exchanges(1, 60, 100));
        pin("long", "first", words(900, "first"));
        pin("long", "second", words(900, "second"));

        var context = assemble("long", user("x"));

        assertThat(context.anchors()).extracting(Anchor::id).containsExactly("second");
        assertThat(context.dropped())
                .contains(new Dropped(Part.ANCHORS, List.of(), List.of("first"), Reason.OVER_BUDGET));
    }

    @Test
    void assemble_tools_countAsInstructionsAndAgainstTheWindow() {
        world.say("c", exchanges(1, 2, 10));
        var dialogue = dialogue("c", user("x"));

        var without = world.assemble.assemble(dialogue, List.of(), 0, MemoryOptions.DEFAULT, WINDOW);
        var with = world.assemble.assemble(dialogue, List.of(), 900, MemoryOptions.DEFAULT, WINDOW);

        assertThat(with.tokens().sent()).isEqualTo(without.tokens().sent() + 900);
        assertThat(with.tokens().parts().get(Part.SYSTEM)).isEqualTo(900);
        assertThatThrownBy(() -> world.assemble.assemble(dialogue, List.of(), 8_000, MemoryOptions.DEFAULT, 8_000))
                .isInstanceOf(RequestRefused.class);
    }

    @Test
    void assemble_full_doesNotRepeatWhatWasDetectedInIt() {
        world.say("short", exchanges(1, 2, 10));
        detect("short", "likes tea", null);
        pin("short", "pinned", "likes coffee");

        var context = assemble("short", user("x"));

        assertThat(String.join("\n", texts(context))).contains("likes coffee").doesNotContain("likes tea");
        assertThat(context.dropped()).isEmpty();
    }

    @Test
    void assemble_fork_leavesOutWhatWasPinnedAfterTheForkPointOrNobodyKnowsWhen() {
        world.say("c", user("hi"), user("secret stuff"));
        pin("c", "unknown", "The secret is 8.");
        world.stores
                .anchors()
                .pin(World.key("c"), Anchor.pinned("late", "The secret is 7.", null, 0, 2, world.clock.instant()));
        world.stores
                .anchors()
                .pin(World.key("c"), Anchor.pinned("early", "Be brief.", null, 0, 1, world.clock.instant()));
        var fork = new Dialogue(World.key("fork"), false, null, world.get("c"), 1, List.of(user("I am Bob")));

        var context = world.assemble.assemble(fork, List.of(), 0, options(null, null), WINDOW);

        assertThat(context.anchors()).extracting(Anchor::id).containsExactly("early");
    }

    @Test
    void assemble_fork_leavesOutWhatCameAfterTheForkPoint() {
        world.say("c", exchanges(1, 1, 100));
        detect("c", "likes tea", "drink");
        world.say("c", exchanges(2, 60, 100));
        detect("c", "likes coffee", "drink");
        brief("c", "the whole story", 90);
        var dialogue =
                new Dialogue(World.key("fork"), false, null, world.get("c"), 80, List.of(user("what do I like?")));

        var context = world.assemble.assemble(dialogue, List.of(), 0, MemoryOptions.DEFAULT, WINDOW);

        assertThat(String.join("\n", texts(context)))
                .contains("likes tea")
                .doesNotContain("likes coffee", "the whole story");
        assertThat(recalled(context)).isNotEmpty().allMatch(number -> number <= 80);
        assertThat(context.tokens().full()).isEqualTo(79 * 134 + 5 + 10 + 3);
    }

    @Test
    void assemble_brief_isFollowedByTheTurnsAfterThoseItCovers() {
        world.say("c", exchanges(1, 60, 100));
        brief("c", "we talked about sixty things", 110);

        var context = assemble("c", withoutRecall(null), WINDOW, user("x"));

        assertThat(context.messages().getFirst().text()).contains("we talked about sixty things");
        assertThat(context.messages()).hasSize(1 + 10 + 1);
        assertThat(context.tokens().parts().get(Part.BRIEF)).isPositive();
    }

    @Test
    void assemble_briefBeyondItsShare_isLeftOutAndTheTurnsItCoversAreRecentAgain() {
        world.say("c", exchanges(1, 60, 50));
        brief("c", words(1_000, "long"), 118);

        var context = assemble("c", withoutRecall(null), WINDOW, user("x"));

        assertThat(context.dropped()).containsExactly(new Dropped(Part.BRIEF, List.of(), Reason.OVER_BUDGET));
        assertThat(context.messages()).hasSize(30 + 1);
        assertThat(context.tokens().parts().get(Part.BRIEF)).isZero();
    }

    @Test
    void assemble_recentTurnsBeyondTheirShare_areReported() {
        world.say("c", exchanges(1, 30, 400));

        var context = assemble("c", withoutRecall(null), WINDOW, user("x"));

        var dropped = context.dropped().getFirst();
        assertThat(dropped.part()).isEqualTo(Part.RECENT);
        assertThat(dropped.reason()).isEqualTo(Reason.OVER_BUDGET);
        int recent = context.messages().size() - 1;
        assertThat(recent).isPositive().isEven();
        assertThat(dropped.turns()).startsWith(21).endsWith(60 - recent).hasSize(40 - recent);
    }

    @Test
    void assemble_openExchangeWithStoredCalls_isWhole() {
        var said = new ArrayList<>(exchanges(1, 60, 100));
        Collections.addAll(said, user("weather?"), calls("weather"));
        world.say("c", said);

        var context = assemble("c", report("weather", "12 mm"));

        var last = context.messages()
                .subList(context.messages().size() - 3, context.messages().size());
        assertThat(last.get(0).text()).endsWith("weather?");
        assertThat(last.get(1)).isEqualTo(calls("weather"));
        assertThat(last.get(2)).isEqualTo(report("weather", "12 mm"));
        assertThat(recalled(context)).doesNotContain(121, 122);
    }

    @Test
    void assemble_embedderDown_stillFindsWords() {
        var said = new ArrayList<>(exchanges(1, 60, 60));
        said.set(20, user("my cat is called Miranda"));
        world.say("c", said);
        world.embedder.goAway();

        var context = assemble("c", user("Miranda?"));

        assertThat(context.degraded()).containsExactly("embedder");
        assertThat(recalled(context)).contains(21);
    }

    @Test
    void assemble_indexDown_stillHasBriefAndRecentTurns() {
        world.say("c", exchanges(1, 60, 60));
        brief("c", "the story", 100);
        world.turnIndex.goAway();

        var context = assemble("c", user("x"));

        assertThat(context.degraded()).containsExactly("index");
        assertThat(context.messages().getFirst().text()).contains("the story");
        assertThat(context.messages()).hasSize(1 + 20 + 1);
    }

    @Test
    void assemble_twice_isTheSame() {
        world.say("c", exchanges(1, 60, 60));

        assertThat(assemble("c", user("word 7")).messages())
                .isEqualTo(assemble("c", user("word 7")).messages());
    }

    private Assembled assemble(String id, Message... fresh) {
        return assemble(id, MemoryOptions.DEFAULT, WINDOW, fresh);
    }

    private Assembled assemble(String id, MemoryOptions options, int window, Message... fresh) {
        return world.assemble.assemble(dialogue(id, fresh), List.of(), 0, options, window);
    }

    private Dialogue dialogue(String id, Message... fresh) {
        var past = world.find(id);
        return new Dialogue(World.key(id), true, null, past, past == null ? 0 : past.turns(), Arrays.asList(fresh));
    }

    private static MemoryOptions options(@Nullable Mode mode, @Nullable Integer budget) {
        return new MemoryOptions(true, mode, Strategy.CHAT, null, null, budget);
    }

    private static MemoryOptions withoutRecall(@Nullable Mode mode) {
        return new MemoryOptions(true, mode, Strategy.CHAT, null, 0, null);
    }

    private void pin(String id, String anchorId, String text) {
        world.stores.anchors().pin(World.key(id), Anchor.pinned(anchorId, text, null, 0, 0, world.clock.instant()));
    }

    /** Adds a turn in which {@code text} was detected. */
    private void detect(String id, String text, @Nullable String subject) {
        var anchors = List.of(new Detected(Kind.PREFERENCE, text, subject));
        var turn = new NewTurn(user("x"), world.clock.instant(), 5, anchors);
        world.stores
                .conversations()
                .append(new Append(
                        World.key(id),
                        null,
                        null,
                        Append.WHATEVER,
                        List.of(turn),
                        null,
                        UUID.randomUUID().toString()));
    }

    private void brief(String id, String text, int coversThrough) {
        var brief = new Brief(text, coversThrough, world.tokens.counter().count(text));
        assertThat(world.stores.briefs().replace(World.key(id), 0, brief)).isTrue();
    }

    /** Questions and answers of {@code words} words each, numbered from {@code first} to {@code last}. */
    private static List<Message> exchanges(int first, int last, int words) {
        var said = new ArrayList<Message>();
        for (int i = first; i <= last; i++) {
            said.add(user(words(words, "q" + i)));
            said.add(assistant(words(words, "a" + i)));
        }
        return said;
    }

    private static String words(int count, String word) {
        return String.join(" ", Collections.nCopies(count, word));
    }

    private static List<String> texts(Assembled context) {
        return context.messages().stream().map(Message::text).toList();
    }

    private static List<String> withLast(List<String> texts, String last) {
        var all = new ArrayList<>(texts);
        all.add(last);
        return all;
    }

    private static List<Integer> recalled(Assembled context) {
        return RecalledTurns.in(String.join("\n", texts(context)));
    }
}
