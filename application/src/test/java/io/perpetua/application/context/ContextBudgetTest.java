package io.perpetua.application.context;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.calls;
import static io.perpetua.application.conversation.Said.report;
import static io.perpetua.application.conversation.Said.system;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.mode.Strategy;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every context, whatever is in it. */
class ContextBudgetTest {

    private static final int WINDOW = 128_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void assemble_randomConversations_keepToTheBudget(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 12; i++) {
            keepsToTheBudget(new World(), random);
        }
    }

    private static void keepsToTheBudget(World world, SplittableRandom random) {
        int longest = 1 << random.nextInt(2, 11);
        world.say("c", conversation(random, random.nextInt(1, 90), longest));
        int turns = world.get("c").turns();
        for (int i = random.nextInt(4); i > 0; i--) {
            var at = World.NOON.plusSeconds(i);
            var anchor = new Anchor("a" + i, words(random, 900) + " " + i, null, 0, Origin.PINNED, 0, null, at);
            world.stores.anchors().pin(World.key("c"), anchor);
        }
        if (random.nextBoolean()) {
            String text = words(random, 1_000);
            var brief = new Brief(
                    text, random.nextInt(1, turns + 1), world.tokens.counter().count(text));
            world.stores.briefs().replace(World.key("c"), 0, brief);
        }
        int total = random.nextInt(BudgetPolicy.SMALLEST, 10_000);
        var budget = BudgetPolicy.DEFAULT.scaledTo(total);
        var options = new MemoryOptions(true, null, Strategy.CHAT, null, null, total);
        var instructions = random.nextBoolean() ? List.of(system(words(random, 300))) : List.<Message>of();
        var message = user(words(random, longest));
        var dialogue = new Dialogue(World.key("c"), true, null, world.get("c"), turns, List.of(message));

        var context = world.assemble.assemble(dialogue, instructions, 0, options, WINDOW);

        int cost = cost(world, context.messages());
        var parts = context.tokens().parts();
        int sum = parts.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(context.tokens().sent()).isEqualTo(sum + MessageTokens.REPLY_PRIMING);
        assertThat(cost).isLessThanOrEqualTo(context.tokens().sent());
        assertThat(parts.get(Part.ANCHORS)).isLessThanOrEqualTo(budget.anchors());
        assertThat(parts.get(Part.BRIEF)).isLessThanOrEqualTo(budget.brief());
        int clientsOwn = cost(world, instructions) + world.tokens.of(message);
        if (clientsOwn <= total - budget.completion()) {
            assertThat(context.tokens().sent()).isLessThanOrEqualTo(total - budget.completion());
        }
        assertThat(context.messages().getLast().text()).endsWith(message.text());
        assertEachTurnOnce(context.messages(), turns);
    }

    private static void assertEachTurnOnce(List<Message> messages, int turns) {
        var recalled = RecalledTurns.in(messages.getLast().text());
        assertThat(recalled).isSorted().doesNotHaveDuplicates();
        int recent = (int)
                messages.stream().filter(message -> !message.role().instructs()).count();
        assertThat(recalled).allMatch(number -> number <= turns + 1 - recent);
    }

    private static List<Message> conversation(SplittableRandom random, int exchanges, int longest) {
        var said = new ArrayList<Message>();
        for (int i = 0; i < exchanges; i++) {
            said.add(user(words(random, longest)));
            for (int tools = random.nextInt(6) - 3; tools > 0; tools--) {
                Collections.addAll(said, calls("f"), report("f", words(random, longest)));
            }
            said.add(assistant(words(random, 2 * longest)));
        }
        return said;
    }

    private static String words(SplittableRandom random, int most) {
        var words = new ArrayList<String>();
        for (int i = random.nextInt(1, most + 1); i > 0; i--) {
            words.add("w" + random.nextInt(500));
        }
        return String.join(" ", words);
    }

    private static int cost(World world, List<Message> messages) {
        return MessageTokens.REPLY_PRIMING
                + messages.stream().mapToInt(world.tokens::of).sum();
    }
}
