package io.perpetua.application.context;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each strategy brings that {@code chat} does not, on conversations made up for it. */
class StrategiesTest {

    private static final int WINDOW = 128_000;

    private final World world = new World();

    @ParameterizedTest
    @EnumSource(names = {"UI_BUILDER", "CODE_EDITOR"})
    void building_latestVersionsAreThereWholeAndSupersededOnesAreNot(Strategy strategy) {
        world.say("c", Workshop.page(6));
        var question = user("Does the gallery need the harbour office's revision as a section, and the header?");

        String built = recalled(assemble("c", strategy, null, question));
        String chatted = recalled(assemble("c", Strategy.CHAT, null, question));

        for (String part : List.of("Header", "Gallery")) {
            assertThat(built).contains(Workshop.component(part, 6));
            assertThat(chatted).doesNotContain(Workshop.component(part, 6));
            for (int old = 1; old < 6; old++) {
                assertThat(built).doesNotContain(Workshop.mark(part, old));
            }
        }
        assertThat(built).contains("superseded in turn");
        assertThat(superseded(chatted)).isNotEmpty();
        assertThat(superseded(built)).isEmpty();
    }

    @Test
    void uiBuilder_latestDecisionAboutTheLooksIsThere() {
        var said = new ArrayList<Message>();
        said.add(user("The primary colour is #114488. The heading font should be Lora."));
        said.add(assistant("Noted."));
        said.addAll(Workshop.page(4));
        said.add(4, user("Change the primary colour to #cc3300, the office wants it warm."));
        said.add(5, assistant("Fine."));
        world.say("c", said);
        var question = user("Now the opening hours, in one more box.");

        String built = recalled(assemble("c", Strategy.UI_BUILDER, null, question));

        assertThat(built)
                .contains("Lora", "Change the primary colour to #cc3300")
                .doesNotContain("#114488");
        assertThat(built).contains("[superseded in turn 5]");
        assertThat(recalled(assemble("c", Strategy.CHAT, null, question))).contains("#114488");
    }

    @Test
    void codeEditor_fileWrittenByAToolIsThere() {
        var said = new ArrayList<Message>();
        for (int version = 1; version <= 3; version++) {
            said.add(user("Write the tariff, attempt " + version));
            String arguments = "{\"path\":\"src/tariff.py\",\"content\":\"RATE = " + version + "00\\nBERTHS = 40\"}";
            said.add(new Message(
                    Role.ASSISTANT,
                    "",
                    null,
                    List.of(new ToolCall("t" + version, "write_file", arguments)),
                    null,
                    List.of(),
                    "{\"role\":\"assistant\"}"));
            said.add(new Message(Role.TOOL, "ok", null, List.of(), "t" + version, List.of(), "{\"role\":\"tool\"}"));
            said.add(assistant("Written."));
        }
        Workshop.chatter(said, 80);
        world.say("c", said);
        var question = user("What does the tariff cost now?");

        assertThat(recalled(assemble("c", Strategy.CODE_EDITOR, null, question)))
                .contains("RATE = 300\nBERTHS = 40")
                .doesNotContain("RATE = 100", "RATE = 200");
        assertThat(recalled(assemble("c", Strategy.CHAT, null, question))).doesNotContain("RATE = 300");
    }

    @Test
    void building_whatTheMessagePastesSupersedesWhatIsStored() {
        world.say("c", Workshop.page(2));

        var context = assemble(
                "c", Strategy.CODE_EDITOR, null, user("I changed it:\n" + Workshop.component("Header", 7) + "\nGood?"));

        String recalled = recalled(context);
        String section = recalled.substring(0, recalled.indexOf("I changed it:"));
        assertThat(section).doesNotContain(Workshop.mark("Header", 2)).contains(Workshop.component("Gallery", 2));
    }

    @Test
    void building_fork_knowsNothingOfWhatCameAfterIt() {
        var said = Workshop.page(3);
        world.say("c", said);
        var question = user("How does the header look?");
        assemble("c", Strategy.CODE_EDITOR, null, question);

        int afterTheFirst = 12;
        var fork = new Dialogue(World.key("fork"), false, null, world.get("c"), afterTheFirst, List.of(question));
        var context =
                world.assemble.assemble(fork, List.of(), 0, options(Strategy.CODE_EDITOR, Mode.SAFE, 0, null), WINDOW);

        assertThat(recalled(context)).contains(Workshop.mark("Header", 1)).doesNotContain("superseded");
    }

    @Test
    void research_hearsEveryDay() {
        for (int day = 0; day < 30; day++) {
            var said = new ArrayList<Message>();
            said.add(user("Survey note: the eelgrass at station " + day + " measured " + (300 + day)
                    + " shoots, says diver " + "name ".repeat(10)));
            said.add(assistant("Recorded. " + "The station is on the map. ".repeat(12)));
            if (day == 3) {
                for (int i = 0; i < 30; i++) {
                    said.add(user(
                            "The eelgrass survey, the eelgrass stations: who measured the eelgrass shoots, asks clerk "
                                    + i));
                    said.add(assistant(
                            "I do not know who measured the eelgrass at a station. " + "Ask the diver. ".repeat(12)));
                }
            }
            store("c", said, Duration.ofDays(day));
        }
        var filler = new ArrayList<Message>();
        Workshop.chatter(filler, 25);
        store("c", filler, Duration.ofDays(40));
        var question = user("Compare the eelgrass shoots measured at each station of the survey.");

        long researched = stations(recalled(assemble("c", Strategy.RESEARCH, null, question)));
        long chatted = stations(recalled(assemble("c", Strategy.CHAT, null, question)));

        assertThat(researched).isEqualTo(30);
        assertThat(chatted).isLessThan(25);
    }

    @Test
    void support_identityAndOpenIssueAreThereUntilItIsResolved() {
        var said = new ArrayList<Message>();
        String story = " A grey heron stood upon some bollard.".repeat(9);
        said.add(user("Hello. My customer number is C-20417. I'm on the Harbour Plus plan." + story));
        said.add(assistant("Welcome, how can I help?"));
        said.add(user("The depth sounder keeps restarting since the last firmware." + story));
        said.add(assistant("Please hold the red key for nine seconds." + story));
        said.add(
                user("I will try on Sunday when I am on board. My customer number is C-30522 since the move." + story));
        said.add(assistant("Good."));
        for (int i = 0; i < 12; i++) {
            said.add(user("Pilot " + i + " was late." + story));
            said.add(assistant("He was." + story));
        }
        Workshop.chatter(said, 60);
        world.say("c", said);
        var question = user("Hello again, any news of the tide table on the wall and of the list of the week?");

        String supported = recalled(assemble("c", Strategy.SUPPORT, null, question));
        String chatted = recalled(assemble("c", Strategy.CHAT, null, question));

        var needed = List.of("C-30522", "Harbour Plus", "depth sounder keeps restarting", "red key for nine seconds");
        assertThat(supported).contains(needed);
        assertThat(chatted).doesNotContain("Harbour Plus", "depth sounder", "red key");

        world.say("c", user("The red key did the trick, it works now."), assistant("Glad to hear."));
        var more = new ArrayList<Message>();
        Workshop.chatter(more, 30);
        world.say("c", more);
        assertThat(recalled(assemble("c", Strategy.SUPPORT, null, question)))
                .contains("C-30522")
                .doesNotContain("depth sounder");
    }

    @Test
    void support_smallBudget_saysWhatItLeftOut() {
        var said = new ArrayList<Message>();
        said.add(user("My parcel never arrived. " + "It was to come on Monday. ".repeat(20)));
        said.add(assistant("I shall ask. " + "The carrier is slow. ".repeat(30)));
        Workshop.chatter(said, 60);
        world.say("c", said);

        var context = assemble("c", options(Strategy.SUPPORT, null, 0, 400), user("And?"));

        var accounted = new ArrayList<>(RecalledTurns.in(recalled(context)));
        context.dropped().stream()
                .filter(dropped -> dropped.part() == Part.RETRIEVED)
                .forEach(dropped -> accounted.addAll(dropped.turns()));
        assertThat(accounted).contains(1, 2, 3, 4);
        assertThat(context.dropped()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void full_isTheWholeConversationWhateverTheStrategy(Strategy strategy) {
        world.say("c", Workshop.page(1).subList(0, 12));

        var context = assemble("c", strategy, null, user("next"));

        assertThat(context.mode()).isEqualTo(Mode.FULL);
        assertThat(context.messages()).hasSize(13);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void indexAway_essentialsAreThereStill(Strategy strategy) {
        world.say("c", Workshop.page(4));
        world.turnIndex.goAway();

        var context = assemble("c", strategy, null, user("And?"));

        boolean building = strategy == Strategy.UI_BUILDER || strategy == Strategy.CODE_EDITOR;
        assertThat(recalled(context).contains(Workshop.mark("Header", 4))).isEqualTo(building);
        assertThat(context.degraded()).containsExactly("index");
    }

    private void store(String id, List<Message> said, Duration later) {
        var past = world.find(id);
        var dialogue = new Dialogue(World.key(id), true, null, past, past == null ? 0 : past.turns(), List.of());
        var dated = new ArrayList<Dated>();
        said.forEach(
                message -> dated.add(new Dated(message, World.NOON.plus(later).plusSeconds(dated.size()))));
        world.store.store(dialogue, dated, null);
        world.index.catchUpIfPossible();
    }

    private static long stations(String recalled) {
        return IntStream.range(0, 30)
                .filter(day -> recalled.contains("measured " + (300 + day) + " shoots"))
                .count();
    }

    /** The versions before the last that a text shows. */
    private static List<String> superseded(String text) {
        return List.of("Header", "Gallery", "Basket", "Footer", "Login", "Search").stream()
                .flatMap(part -> IntStream.range(1, 6).mapToObj(old -> Workshop.mark(part, old)))
                .filter(text::contains)
                .toList();
    }

    private Assembled assemble(String id, Strategy strategy, @Nullable Mode mode, Message fresh) {
        return assemble(id, options(strategy, mode, null, null), fresh);
    }

    private Assembled assemble(String id, MemoryOptions options, Message fresh) {
        var past = world.get(id);
        var dialogue = new Dialogue(World.key(id), true, null, past, past.turns(), List.of(fresh));
        return world.assemble.assemble(dialogue, List.of(), 0, options, WINDOW);
    }

    private static MemoryOptions options(
            Strategy strategy, @Nullable Mode mode, @Nullable Integer recentTurns, @Nullable Integer budget) {
        return new MemoryOptions(true, mode, strategy, recentTurns, null, budget);
    }

    private static String recalled(Assembled context) {
        return context.messages().getLast().text();
    }
}
