package io.perpetua.application.memory;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.World;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.application.memory.QueryMemory.MemoryQuery;
import io.perpetua.application.memory.QueryMemory.Recollection;
import io.perpetua.domain.conversation.TurnRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link AddMemory} takes in and {@link QueryMemory} finds. */
class MemoryTest {

    private static final Instant THEN = Instant.parse("2020-02-02T10:00:00Z");

    private final World world = new World();

    @Test
    void add_newConversation_numbersTurnsFromOne() {
        var added = world.add.add(World.SCOPE, "c", dated("one", "two words"));

        assertThat(added.key()).isEqualTo(World.key("c"));
        assertThat(added.turns()).isEqualTo(new TurnRange(1, 2));
        assertThat(added.tokens()).isEqualTo((4 + 2) + (4 + 3));
        assertThat(added.degraded()).isEmpty();
    }

    @Test
    void add_knownConversation_goesOn() {
        world.add.add(World.SCOPE, "c", dated("one", "two"));

        assertThat(world.add.add(World.SCOPE, "c", dated("three")).turns()).isEqualTo(new TurnRange(3, 3));
    }

    @Test
    void add_noConversation_makesOne() {
        var added = world.add.add(World.SCOPE, null, dated("one"));

        assertThat(world.texts(added.key().id())).containsExactly("one");
    }

    @Test
    void add_dates_areKeptAndElseNow() {
        world.add.add(World.SCOPE, "c", List.of(new Dated(user("then"), THEN), new Dated(user("now"), null)));

        assertThat(world.turns("c").get(0).at()).isEqualTo(THEN);
        assertThat(world.turns("c").get(1).at()).isAfterOrEqualTo(World.NOON);
    }

    @Test
    void add_anything_isSearchableAtOnce() {
        world.add.add(World.SCOPE, "c", dated("the cat is called Miranda", "nice"));

        assertThat(query("c", "Miranda", null, null, null).turns()).contains(1);
    }

    @Test
    void add_anything_isFoundByMeaningAtOnce() {
        world.add.add(World.SCOPE, "c", dated("the cat is called Miranda", "nice"));

        assertThat(query("c", "Miranda", 1, 0, null).matches().getFirst().semantic())
                .isNotNull();
    }

    @Test
    void add_embedderDown_saysSo() {
        world.embedder.goAway();

        assertThat(world.add.add(World.SCOPE, "c", dated("Miranda")).degraded()).containsExactly("embedder");
    }

    @Test
    void add_indexDown_isStoredAndFoundLater() {
        world.turnIndex.goAway();

        var added = world.add.add(World.SCOPE, "c", dated("Miranda"));

        assertThat(added.turns()).isEqualTo(new TurnRange(1, 1));
        assertThat(added.degraded()).containsExactly("index");
        world.turnIndex.comeBack();
        assertThat(query("c", "Miranda", null, null, null).turns()).containsExactly(1);
    }

    @Test
    void query_unknownConversation_isNotFound() {
        assertThatThrownBy(() -> query("nowhere", "x", null, null, null))
                .isInstanceOfSatisfying(RequestRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND);
                    assertThat(refused.param()).isEqualTo("conversation_id");
                });
    }

    @Test
    void query_topKAndWindow_boundMatchesAndWidenTheContext() {
        var said = new ArrayList<Dated>();
        for (int i = 1; i <= 20; i++) {
            said.add(new Dated(user("filler number" + i), null));
        }
        said.set(9, new Dated(user("the cat is called Miranda"), null));
        world.add.add(World.SCOPE, "c", said);

        var found = query("c", "Miranda cat", 1, 1, null);

        assertThat(found.matches()).extracting(match -> match.turn().number()).containsExactly(10);
        assertThat(found.turns()).containsExactly(9, 10, 11);
        assertThat(found.context()).contains("2026-01-01\n").contains("[10 user] the cat is called Miranda");
        assertThat(found.totalTokens()).isEqualTo(world.tokens.counter().count(found.context()));
    }

    @Test
    void query_tokenBudget_isKept() {
        var said = new ArrayList<Dated>();
        for (int i = 1; i <= 60; i++) {
            said.add(new Dated(user("cat " + i), null));
        }
        world.add.add(World.SCOPE, "c", said);

        for (int budget = 1; budget < 200; budget += 7) {
            var found = query("c", "cat", null, null, budget);
            assertThat(found.totalTokens()).isLessThanOrEqualTo(budget);
        }
        assertThat(query("c", "cat", null, null, 200).turns()).hasSizeGreaterThan(5);
    }

    @Test
    void query_embedderOrIndexDown_saysSo() {
        world.add.add(World.SCOPE, "c", dated("Miranda", "x"));
        world.embedder.goAway();
        var lexical = query("c", "Miranda", null, null, null);
        world.turnIndex.goAway();
        var fromTheRecord = query("c", "Miranda", null, null, null);

        assertThat(lexical.degraded()).containsExactly("embedder");
        assertThat(lexical.turns()).contains(1);
        assertThat(fromTheRecord.degraded()).containsExactly("embedder", "index");
        assertThat(fromTheRecord.turns()).contains(1);
    }

    @Test
    void query_fork_findsItsOwnPathAlone() {
        world.say("c", user("shared cat"), assistant("a"), user("left cat"), assistant("b"));
        var dialogue = new Dialogue(World.key("fork"), false, null, world.get("c"), 2, List.of());
        world.store.store(dialogue, List.of(new StoreTurns.Dated(user("right cat"), World.NOON)), null);

        var found = query("fork", "cat", null, 5, null);

        assertThat(found.context()).contains("shared cat", "right cat").doesNotContain("left cat");
        assertThat(found.turns()).isSubsetOf(1, 2, 3);
    }

    private Recollection query(
            String id, String query, @Nullable Integer topK, @Nullable Integer window, @Nullable Integer budget) {
        return world.query.query(new MemoryQuery(World.key(id), query, topK, window, budget));
    }

    private static List<Dated> dated(String... texts) {
        var said = new ArrayList<Dated>();
        for (String text : texts) {
            said.add(new Dated(user(text), null));
        }
        return said;
    }
}
