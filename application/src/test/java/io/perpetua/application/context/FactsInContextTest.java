package io.perpetua.application.context;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Triple;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.tokens.MessageTokens;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Facts stand in front of the message that they bear on, within what anchors leave of their share. */
class FactsInContextTest {

    private final World world = new World();
    private int told;

    private void tell(Holder holder, Origin origin, @Nullable String conversation, String predicate, String object) {
        var source = new Source(origin, null, null, conversation, 0.9, World.NOON.plusSeconds(told));
        var statement = new Statement(holder, new Triple("user", predicate, object), null, source);
        world.facts.tell(World.SCOPE, statement, "fact-" + ++told, World.NOON.plusSeconds(told), FactRules.DEFAULT);
    }

    private Assembled assemble(String id, @Nullable String user, Message said) {
        var past = world.find(id);
        var dialogue = new Dialogue(World.key(id), true, user, past, past == null ? 0 : past.turns(), List.of(said));
        return world.assemble.assemble(dialogue, List.of(), 0, MemoryOptions.DEFAULT, 128_000);
    }

    private static List<Message> exchanges(int count, int words) {
        return IntStream.range(0, 2 * count)
                .mapToObj(i -> i % 2 == 0 ? user(words(words, "asked" + i)) : assistant(words(words, "told" + i)))
                .toList();
    }

    private static String words(int count, String word) {
        return String.join(" ", Collections.nCopies(count, word));
    }

    private int cost(List<Message> messages) {
        return messages.stream().mapToInt(world.tokens::of).sum();
    }

    @Test
    void factsOfTheUser_thatBearOnTheMessage_standBeforeIt() {
        tell(Holder.of("anna"), Origin.DETECTED, "other", "home", "Lisbon");
        tell(Holder.of("anna"), Origin.DETECTED, "other", "allergic to", "peanuts");
        tell(Holder.of("bob"), Origin.DETECTED, "another", "home", "Porto");

        var context = assemble("new", "anna", user("what is near my home"));

        assertThat(context.mode()).isEqualTo(Mode.FULL);
        String sent = context.messages().getLast().text();
        assertThat(sent)
                .isEqualTo("## Known facts\n- user | home | Lisbon (since 2026-01-01)\n---\n\nwhat is near my home");
        assertThat(context.tokens().parts().get(Part.FACTS)).isPositive();
        assertThat(context.tokens().sent())
                .isGreaterThanOrEqualTo(cost(context.messages()) + MessageTokens.REPLY_PRIMING);
        assertThat(assemble("new", null, user("what is near my home"))
                        .messages()
                        .getLast()
                        .text())
                .isEqualTo("what is near my home");
    }

    @Test
    void factsOfTheConversation_inALongOne_goBeforeWhatIsRecalled() {
        world.say("c", exchanges(20, 200));
        tell(Holder.ALL, Origin.GIVEN, "c", "home", "Lisbon");
        tell(Holder.ALL, Origin.GIVEN, "d", "home town", "Porto");

        var context = assemble("c", null, user("my home"));

        assertThat(context.mode()).isNotEqualTo(Mode.FULL);
        assertThat(context.messages().getLast().text())
                .startsWith("## Known facts\n- user | home | Lisbon")
                .endsWith("my home");
        assertThat(context.messages().getLast().text()).doesNotContain("Porto");
        assertThat(context.tokens().sent()).isLessThanOrEqualTo(context.tokens().budget());
    }

    /** It is an anchor there already. */
    @Test
    void factsThatRulesFoundHere_areNotSentTwice() {
        tell(Holder.speaker(null, "c"), Origin.DETECTED, "c", "home", "Lisbon");
        tell(Holder.speaker(null, "c"), Origin.EXTRACTED, "c", "home town", "Braga");

        String sent = assemble("c", null, user("my home")).messages().getLast().text();

        assertThat(sent).contains("Braga").doesNotContain("Lisbon");
    }

    @Test
    void factsThatDoNotHoldAnyMore_areNotSent() {
        tell(Holder.of("anna"), Origin.GIVEN, "other", "home", "Lisbon");
        tell(Holder.of("anna"), Origin.GIVEN, "other", "home", "Porto");

        assertThat(assemble("c", "anna", user("my home")).messages().getLast().text())
                .contains("Porto")
                .doesNotContain("Lisbon");
    }

    @Test
    void factsBeyondTheAnchorsShare_areReported() {
        world.say("c", exchanges(20, 200));
        for (int i = 0; i < 10; i++) {
            tell(Holder.ALL, Origin.GIVEN, "c", "home " + i, words(300, "far"));
        }

        var context = world.assemble(ModePolicy.DEFAULT, BudgetPolicy.DEFAULT)
                .assemble(
                        new Dialogue(World.key("c"), true, null, world.get("c"), 40, List.of(user("my home"))),
                        List.of(),
                        0,
                        MemoryOptions.DEFAULT,
                        128_000);

        int facts = context.tokens().parts().getOrDefault(Part.FACTS, 0);
        int anchors = context.tokens().parts().getOrDefault(Part.ANCHORS, 0);
        assertThat(facts).isPositive();
        assertThat(facts + anchors).isLessThanOrEqualTo(BudgetPolicy.DEFAULT.anchors());
        var dropped = context.dropped().stream()
                .filter(each -> each.part() == Part.FACTS)
                .toList();
        assertThat(dropped).hasSize(1);
        assertThat(dropped.getFirst().reason()).isEqualTo(Dropped.Reason.OVER_BUDGET);
        assertThat(dropped.getFirst().facts()).isNotEmpty().allMatch(id -> id.startsWith("fact-"));
        assertThat(context.tokens().sent()).isLessThanOrEqualTo(context.tokens().budget());
    }

    @Test
    void noFacts_nothingChanges() {
        world.say("c", exchanges(3, 20));
        var context = assemble("c", "anna", user("my home"));
        assertThat(context.tokens().parts().get(Part.FACTS)).isZero();
        assertThat(context.degraded()).isEmpty();
        assertThat(Duration.ofMillis(context.retrievalMs())).isZero();
    }
}
