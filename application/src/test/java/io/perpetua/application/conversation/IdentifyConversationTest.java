package io.perpetua.application.conversation;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.calls;
import static io.perpetua.application.conversation.Said.report;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link IdentifyConversation} and {@link StoreTurns} do together, request after request. */
class IdentifyConversationTest {

    private final World world = new World();

    @Test
    void identify_firstMessage_neverJoinsAnOlderConversation() {
        String first = answered(null, "a1", user("hello"));
        String second = answered(null, "a1", user("hello"));

        assertThat(second).isNotEqualTo(first);
        assertThat(world.get(second).forkedFrom()).isNull();
    }

    @Test
    void identify_historySentAgain_goesOnAndStoresWhatIsNew() {
        String first = answered(null, "a1", user("u1"));
        String second = answered(null, "a2", user("u1"), assistant("a1"), user("u2"));

        assertThat(second).isEqualTo(first);
        assertThat(world.texts(first)).containsExactly("u1", "a1", "u2", "a2");
    }

    @Test
    void identify_equalHistories_areOneUntilTheyDiffer() {
        answered(null, "same", user("hello"));
        String last = answered(null, "same", user("hello"));

        assertThat(answered(null, "x", user("hello"), assistant("same"), user("left")))
                .isEqualTo(last);
        String fork = answered(null, "y", user("hello"), assistant("same"), user("right"));
        assertThat(world.texts(fork)).containsExactly("hello", "same", "right", "y");
        assertThat(answered(null, "x2", user("hello"), assistant("same"), user("left"), assistant("x"), user("on")))
                .isEqualTo(last);
    }

    @Test
    void identify_editedHistory_isAForkThatKeepsTheSharedTurns() {
        String original = answered(null, "a1", user("u1"));
        answered(null, "a2", user("u1"), assistant("a1"), user("u2"));
        String fork = answered(null, "b2", user("u1"), assistant("a1"), user("u2, edited"));

        assertThat(fork).isNotEqualTo(original);
        assertThat(world.get(fork).forkedFrom()).isEqualTo(original);
        assertThat(world.get(fork).path().getFirst()).isEqualTo(new PathSegment(original, 1, 2));
        assertThat(world.texts(fork)).containsExactly("u1", "a1", "u2, edited", "b2");
        assertThat(world.texts(original)).containsExactly("u1", "a1", "u2", "a2");
    }

    @Test
    void identify_regenerate_isAForkThatSharesTheQuestion() {
        String original = answered(null, "a1", user("u1"));
        answered(null, "a2", user("u1"), assistant("a1"), user("u2"));
        String fork = answered(null, "better", user("u1"), assistant("a1"), user("u2"));

        assertThat(world.get(fork).forkedFrom()).isEqualTo(original);
        assertThat(world.get(fork).path().getFirst().last()).isEqualTo(3);
        assertThat(world.texts(fork)).containsExactly("u1", "a1", "u2", "better");
    }

    @Test
    void identify_otherUserScopeOrNamespace_isAnotherConversation() {
        String mine = answered(null, "a1", user("u1"));
        Message[] history = {user("u1"), assistant("a1"), user("u2")};

        assertThat(identified(World.SCOPE, "ada", null, history).past()).isNull();
        assertThat(identified(new Scope("local", "other"), null, null, history).past())
                .isNull();
        assertThat(identified(new Scope("else", "default"), null, null, history).past())
                .isNull();
        assertThat(identified(World.SCOPE, null, null, history).key()).isEqualTo(World.key(mine));
    }

    @Test
    void identify_unansweredMessageSentAgain_isNotStoredTwice() {
        answered(null, "a1", user("u1"));
        var dialogue = identified(World.SCOPE, null, null, user("u1"), assistant("a1"), user("u2"));
        store(dialogue, dialogue.fresh());

        String id = answered(null, "a2", user("u1"), assistant("a1"), user("u2"));

        assertThat(world.texts(id)).containsExactly("u1", "a1", "u2", "a2");
        assertThat(world.conversations()).containsExactly(id);
    }

    @Test
    void identify_toolLoopWithWholeHistories_isOneConversation() {
        String id = stored(null, calls("weather"), user("weather?"));
        assertThat(answered(null, "rain", user("weather?"), calls("weather"), report("weather", "12 mm")))
                .isEqualTo(id);
        assertThat(answered(
                        null,
                        "yes",
                        user("weather?"),
                        calls("weather"),
                        report("weather", "12 mm"),
                        assistant("rain"),
                        user("umbrella?")))
                .isEqualTo(id);

        assertThat(world.texts(id)).containsExactly("weather?", "", "12 mm", "rain", "umbrella?", "yes");
    }

    @Test
    void identify_equalCallsOfTwoRuns_eachGoesOnFromItsOwn() {
        stored(null, run("a"), user("which way?"));
        answered(null, "north", user("which way?"), run("a"), ran("a1", "rain"), ran("a2", "6 km"));
        String id = stored(null, run("b"), user("which way?"));

        assertThat(answered(null, "south", user("which way?"), run("b"), ran("b1", "rain"), ran("b2", "9 km")))
                .isEqualTo(id);
        assertThat(world.texts(id)).containsExactly("which way?", "", "rain", "9 km", "south");
        assertThat(world.turns(id).get(1).message().toolCalls())
                .extracting(ToolCall::id)
                .containsExactly("b1", "b2");
    }

    @Test
    void identify_equalCallsMadeElsewhere_areStoredWithTheirReports() {
        String before = answered(null, "hello", user("hi"));
        stored(null, run("a"), user("hi"), assistant("hello"), user("which way?"));
        Message[] elsewhere = {
            user("hi"), assistant("hello"), user("which way?"), run("b"), ran("b1", "rain"), ran("b2", "9 km")
        };

        var dialogue = identified(World.SCOPE, null, null, elsewhere);

        assertThat(dialogue.forkedFrom()).isEqualTo(before);
        assertThat(dialogue.turns()).isEqualTo(3);
        assertThat(dialogue.fresh()).startsWith(run("b")).hasSize(3);
    }

    @Test
    void identify_toolLoopUnderAnId_takesReportsAlone() {
        stored("c", calls("weather"), user("weather?"));
        stored("c", calls("map"), report("weather", "12 mm"));
        answered("c", "take the bus", report("map", "far"));

        assertThat(world.texts("c")).containsExactly("weather?", "", "12 mm", "", "far", "take the bus");
    }

    @Test
    void identify_unansweredReportUnderAnId_isNotStoredTwice() {
        stored("c", calls("weather"), user("weather?"));
        var dialogue = identified(World.SCOPE, null, "c", report("weather", "12 mm"));
        store(dialogue, dialogue.fresh());

        answered("c", "rain", report("weather", "12 mm"));

        assertThat(world.texts("c")).containsExactly("weather?", "", "12 mm", "rain");
    }

    @Test
    void identify_idWithNewestMessageAlone_goesOn() {
        answered("c", "a1", user("u1"));
        answered("c", "a2", user("u2"));

        assertThat(world.texts("c")).containsExactly("u1", "a1", "u2", "a2");
    }

    @Test
    void identify_idWithSameWordsAgain_isSaidAnew() {
        answered("c", "a1", user("go on"));
        answered("c", "a2", user("go on"));

        assertThat(world.texts("c")).containsExactly("go on", "a1", "go on", "a2");
    }

    @Test
    void identify_idWithWholeHistory_storesWhatIsNew() {
        answered("c", "a1", user("u1"));
        answered("c", "a2", user("u1"), assistant("a1"), user("u2"));

        assertThat(world.texts("c")).containsExactly("u1", "a1", "u2", "a2");
    }

    @Test
    void identify_idWithWindowOfHistory_storesWhatIsNew() {
        answered("c", "a1", user("u1"));
        answered("c", "a2", user("u2"));
        answered("c", "a3", assistant("a1"), user("u2"), assistant("a2"), user("u3"));
        answered("c", "a4", assistant("a3"), user("u4"));

        assertThat(world.texts("c")).containsExactly("u1", "a1", "u2", "a2", "u3", "a3", "u4", "a4");
    }

    @Test
    void identify_idWithAClientsSummaryAndTheEnd_storesWhatIsNew() {
        answered("c", "a1", user("u1"));
        answered("c", "a2", user("u2"));
        answered("c", "a3", user("So far we greeted."), user("u2"), assistant("a2"), user("u3"));

        assertThat(world.texts("c")).containsExactly("u1", "a1", "u2", "a2", "u3", "a3");
    }

    @Test
    void identify_idWithUnansweredMessageSentAgain_isNotStoredTwice() {
        var dialogue = identified(World.SCOPE, null, "c", user("u1"));
        store(dialogue, dialogue.fresh());

        answered("c", "a1", user("u1"));

        assertThat(world.texts("c")).containsExactly("u1", "a1");
    }

    @Test
    void identify_editUnderAnId_forksAndGoesOnInTheFork() {
        answered("c", "a1", user("u1"));
        answered("c", "a2", user("u2"));
        String fork = answered("c", "b2", user("u1"), assistant("a1"), user("edited"));

        assertThat(world.get(fork).forkedFrom()).isEqualTo("c");
        assertThat(answered("c", "b3", user("u1"), assistant("a1"), user("edited"), assistant("b2"), user("u3")))
                .isEqualTo(fork);
        assertThat(world.texts(fork)).containsExactly("u1", "a1", "edited", "b2", "u3", "b3");
        assertThat(world.texts("c")).containsExactly("u1", "a1", "u2", "a2");
        assertThat(answered("c", "a3", user("u3"))).isEqualTo("c");
    }

    @Test
    void identify_editUnderAnIdByNobodyNamed_goesOnInTheForkOfWhoseConversationItIs() {
        var first = identified(World.SCOPE, "ada", "c", user("u1"));
        store(first, List.of(user("u1"), assistant("a1"), user("u2"), assistant("a2")));
        String fork = answered("c", "b2", user("u1"), assistant("a1"), user("edited"));

        assertThat(world.get(fork).user()).isEqualTo("ada");
        assertThat(answered(fork, "c3", user("u1"), assistant("a1"), user("edited"), assistant("b2"), user("u3")))
                .isEqualTo(fork);
        assertThat(answered("c", "c4", user("u1"), assistant("a1"), user("other")))
                .isNotEqualTo(fork);
    }

    @Test
    void identify_historyThatLeadsNowhereKnownUnderAnId_forksBeforeItsFirstTurn() {
        answered("c", "a1", user("u1"));
        String fork = answered("c", "z2", user("x"), assistant("y"), user("z"));

        assertThat(world.get(fork).forkedFrom()).isEqualTo("c");
        assertThat(world.texts(fork)).containsExactly("x", "y", "z", "z2");
    }

    @Test
    void identify_unknownId_namesANewConversation() {
        assertThat(answered("brand new", "a", user("u1"), assistant("a1"), user("u2")))
                .isEqualTo("brand new");
        assertThat(world.texts("brand new")).containsExactly("u1", "a1", "u2", "a");
    }

    @Test
    void store_twoContinuationsAtOnce_theSecondBecomesAFork() {
        String id = answered(null, "a1", user("u1"));
        Message[] history = {user("u1"), assistant("a1"), user("u2")};
        var one = identified(World.SCOPE, null, null, history);
        var other = identified(World.SCOPE, null, null, history);

        assertThat(store(one, List.of(user("u2"), assistant("left")))).isEqualTo(id);
        String fork = store(other, List.of(user("u2"), assistant("right")));

        assertThat(fork).isNotEqualTo(id);
        assertThat(world.get(fork).forkedFrom()).isEqualTo(id);
        assertThat(world.texts(fork)).containsExactly("u1", "a1", "u2", "right");
        assertThat(world.texts(id)).containsExactly("u1", "a1", "u2", "left");
    }

    @Test
    void store_twoContinuationsAtOnceUnderAnId_areStoredOneAfterTheOther() {
        answered("c", "a1", user("u1"));
        var one = identified(World.SCOPE, null, "c", user("u2"));
        var other = identified(World.SCOPE, null, "c", user("u3"));

        store(one, List.of(user("u2"), assistant("a2")));
        store(other, List.of(user("u3"), assistant("a3")));

        assertThat(world.texts("c")).containsExactly("u1", "a1", "u2", "a2", "u3", "a3");
    }

    @Test
    void store_pastErasedMeanwhile_isAConversationOfItsOwn() {
        String id = answered(null, "a1", user("u1"));
        var dialogue = identified(World.SCOPE, null, null, user("u1"), assistant("a1"), user("u2"));
        world.stores.conversations().erase(World.key(id));

        String alone = store(dialogue, List.of(user("u2"), assistant("a2")));

        assertThat(alone).isNotEqualTo(id);
        assertThat(world.texts(alone)).containsExactly("u2", "a2");
        assertThat(world.get(alone).forkedFrom()).isNull();
    }

    @Test
    void store_forksSourceErasedMeanwhile_isAConversationOfItsOwn() {
        String id = answered(null, "a1", user("u1"));
        answered(null, "a2", user("u1"), assistant("a1"), user("u2"));
        var dialogue = identified(World.SCOPE, null, null, user("u1"), assistant("a1"), user("edited"));
        world.stores.conversations().erase(World.key(id));

        assertThat(world.texts(store(dialogue, List.of(user("edited"), assistant("b2")))))
                .containsExactly("edited", "b2");
    }

    /** An assistant that calls two functions at once, in the run {@code run}. */
    private static Message run(String run) {
        var calls = List.of(new ToolCall(run + "1", "weather", "{}"), new ToolCall(run + "2", "map", "{}"));
        return new Message(Role.ASSISTANT, "", null, calls, null, List.of(), "{\"role\":\"assistant\"}");
    }

    private static Message ran(String call, String text) {
        return new Message(Role.TOOL, text, null, List.of(), call, List.of(), "{\"role\":\"tool\"}");
    }

    /** A request with its answer. Returns the id of the conversation that holds it. */
    private String answered(@Nullable String id, String answer, Message... sent) {
        return stored(id, assistant(answer), sent);
    }

    private String stored(@Nullable String id, Message answer, Message... sent) {
        var dialogue = identified(World.SCOPE, null, id, sent);
        var said = new ArrayList<>(dialogue.fresh());
        said.add(answer);
        return store(dialogue, said);
    }

    private Dialogue identified(Scope scope, @Nullable String user, @Nullable String id, Message... sent) {
        return world.identify.identify(scope, user, id, List.of(sent));
    }

    private String store(Dialogue dialogue, List<Message> said) {
        var dated = said.stream()
                .map(message -> new Dated(message, world.clock.instant()))
                .toList();
        return world.store.store(dialogue, dated, null).conversation().key().id();
    }
}
