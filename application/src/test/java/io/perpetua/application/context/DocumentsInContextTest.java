package io.perpetua.application.context;

import static io.perpetua.application.World.SCOPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.Said;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.application.vision.DocumentChoice;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.Strategy;
import io.perpetua.domain.vision.RegionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentsInContextTest {

    private static final String QUESTION = "Which valve opens the boiler?";
    private static final DocumentChoice ALL = new DocumentChoice(null, DocumentChoice.USUAL);

    private final World world = new World();

    private Assembled assemble(@Nullable Mode mode, @Nullable DocumentChoice documents) {
        return assemble(dialogue(0), new MemoryOptions(true, mode, Strategy.CHAT, null, null, null, documents));
    }

    private Assembled assemble(Dialogue dialogue, MemoryOptions options) {
        return world.assemble.assemble(dialogue, List.of(), 0, options, 128_000);
    }

    private Dialogue dialogue(int exchanges) {
        var key = new ConversationKey(SCOPE, "chat");
        var said = new ArrayList<Dated>();
        for (int i = 0; i < exchanges; i++) {
            said.add(new Dated(Said.user("We spoke of boiler number " + i + " and of its valve."), null));
            said.add(new Dated(Said.assistant("So we did, of number " + i + "."), null));
        }
        if (!said.isEmpty()) {
            world.add.add(SCOPE, "chat", said);
        }
        var past = world.stores.conversations().find(key);
        return new Dialogue(key, true, null, past, past == null ? 0 : past.turns(), List.of(Said.user(QUESTION)));
    }

    private static String last(Assembled assembled) {
        return assembled.messages().getLast().text();
    }

    private static long quoted(Assembled assembled) {
        return Pattern.compile("\\[page ").matcher(last(assembled)).results().count();
    }

    private static int tokens(Assembled assembled) {
        return assembled.tokens().parts().getOrDefault(Part.DOCUMENTS, 0);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void assemble_documentsThatBearOnTheMessage_areQuotedInFrontOfIt(Mode mode) {
        String id = world.folder.read(
                SCOPE, "table: valve | boiler | 7\n\nmeadow\fThe boiler opens slowly.", Map.of("title", "\"Manual\""));

        var assembled = assemble(mode, ALL);

        assertThat(last(assembled))
                .isEqualTo("## From the documents\n" + id
                        + " (Manual)\n[page 1, table] valve | boiler | 7\n[page 2, text] The boiler opens slowly.\n---\n\n"
                        + QUESTION);
        assertThat(tokens(assembled)).isPositive();
        assertThat(assembled.tokens().sent())
                .isEqualTo(assemble(mode, null).tokens().sent() + tokens(assembled));
        assertThat(assembled.dropped()).isEmpty();
        assertThat(assembled.degraded()).isEmpty();
    }

    @Test
    void assemble_documentsThatHardlyBearOnTheMessage_areLeftOut() {
        world.folder.read(SCOPE, "meadow\n\nA lantern burns in that harbour.", Map.of());

        var assembled = assemble(Mode.FULL, ALL);

        assertThat(last(assembled)).isEqualTo(QUESTION);
        assertThat(assembled.dropped()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void assemble_documentsNotAskedFor_areLeftAlone(Mode mode) {
        world.folder.read(SCOPE, "valve boiler", Map.of());

        var assembled = assemble(mode, null);

        assertThat(last(assembled)).isEqualTo(QUESTION);
        assertThat(tokens(assembled)).isZero();
    }

    @Test
    void assemble_someDocumentsNamed_looksIntoThose() {
        world.folder.read(SCOPE, "valve boiler one", Map.of());
        String two = world.folder.read(SCOPE, "valve boiler two", Map.of());

        assertThat(last(assemble(Mode.FULL, new DocumentChoice(Set.of(two), 6))))
                .contains("boiler two")
                .doesNotContain("boiler one");
        assertThat(last(assemble(Mode.FULL, new DocumentChoice(Set.of(), 6)))).isEqualTo(QUESTION);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void assemble_documentsOfAnotherConversation_areNotQuoted(Mode mode) {
        String own = world.folder.read(SCOPE, "valve boiler own", Map.of("conversation_id", "\"chat\""));
        String other = world.folder.read(SCOPE, "valve boiler other", Map.of("conversation_id", "\"another\""));
        world.folder.read(SCOPE, "valve boiler open", Map.of());

        assertThat(last(assemble(mode, ALL)))
                .contains("boiler own", "boiler open")
                .doesNotContain("boiler other");
        assertThat(last(assemble(mode, new DocumentChoice(Set.of(own, other), 1))))
                .contains("boiler own")
                .doesNotContain("boiler other");
        assertThat(last(assemble(mode, new DocumentChoice(Set.of(other), 6)))).isEqualTo(QUESTION);
    }

    @Test
    void assemble_documentsOfOtherConversations_takeNoneOfTheRegionsWanted() {
        for (int i = 0; i < 20; i++) {
            world.folder.read(SCOPE, "valve opens boiler " + i, Map.of("conversation_id", "\"another\""));
        }
        world.folder.read(SCOPE, "the boiler of this one stands in a long cellar", Map.of());

        assertThat(last(assemble(Mode.FULL, new DocumentChoice(null, 1)))).contains("in a long cellar");
    }

    @Test
    void assemble_documentsSwitchedOff_saysSoAndGoesOn() {
        world.folder.read(SCOPE, "valve boiler", Map.of());

        var assembled = assemble(Mode.FULL, ALL.switchedOff());

        assertThat(last(assembled)).isEqualTo(QUESTION);
        assertThat(assembled.degraded()).containsExactly("documents");
    }

    @Test
    void assemble_most_boundsTheRegions() {
        world.folder.read(SCOPE, "valve boiler one\n\nvalve boiler two\n\nvalve boiler three", Map.of());

        assertThat(quoted(assemble(Mode.FULL, new DocumentChoice(null, 2)))).isEqualTo(2);
    }

    @Test
    void assemble_moreThanTheShareHolds_isDroppedAndTold() {
        String id = world.folder.read(SCOPE, longDocument(), Map.of());
        var small = new MemoryOptions(true, Mode.FULL, Strategy.CHAT, null, null, 700, ALL);

        var assembled = assemble(dialogue(0), small);

        int share = BudgetPolicy.DEFAULT.scaledTo(700).recalled();
        assertThat(tokens(assembled)).isBetween(1, share);
        assertThat(assembled.dropped()).hasSize(1);
        var dropped = assembled.dropped().getFirst();
        assertThat(dropped.part()).isEqualTo(Part.DOCUMENTS);
        assertThat(dropped.reason()).isEqualTo(Dropped.Reason.OVER_BUDGET);
        assertThat(dropped.regions())
                .allMatch(each -> requireNonNull(RegionId.of(each)).document().equals(id));
        assertThat(dropped.regions().size() + quoted(assembled)).isEqualTo(6);
    }

    private static String longDocument() {
        return IntStream.range(0, 8)
                .mapToObj(i -> "The valve of boiler " + i + " " + "opens and closes ".repeat(12 + i))
                .collect(Collectors.joining("\n\n"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"BALANCED", "SAFE"})
    void assemble_longConversation_staysWithinTheBudgetWithBoth(Mode mode) {
        world.folder.read(SCOPE, longDocument(), Map.of());
        var dialogue = dialogue(60);

        for (int total : new int[] {400, 700, 1_500, 4_000}) {
            var assembled = assemble(dialogue, new MemoryOptions(true, mode, Strategy.CHAT, null, 20, total, ALL));

            assertThat(assembled.tokens().sent()).as("of " + total).isLessThanOrEqualTo(total);
            assertThat(tokens(assembled))
                    .as("of " + total)
                    .isLessThanOrEqualTo(BudgetPolicy.DEFAULT.scaledTo(total).recalled());
            int counted =
                    assembled.messages().stream().mapToInt(world.tokens::of).sum();
            assertThat(counted)
                    .as("of " + total)
                    .isLessThanOrEqualTo(assembled.tokens().sent());
        }
    }

    @Test
    void assemble_longConversation_hasDocumentsBesideRecalledTurns() {
        world.folder.read(SCOPE, "valve boiler document", Map.of());

        var assembled = assemble(dialogue(60), new MemoryOptions(true, Mode.SAFE, Strategy.CHAT, 2, 5, null, ALL));

        assertThat(last(assembled)).containsSubsequence("## From the documents", "document", "---", "## From earlier");
        assertThat(tokens(assembled)).isPositive();
        assertThat(assembled.tokens().parts().get(Part.RETRIEVED)).isPositive();
    }

    @Test
    void assemble_indexAway_saysSoAndGoesOn() {
        world.folder.read(SCOPE, "valve boiler", Map.of());
        world.folder.index.goAway();

        var assembled = assemble(Mode.FULL, ALL);

        assertThat(last(assembled)).isEqualTo(QUESTION);
        assertThat(assembled.degraded()).containsExactly("documents");
    }
}
