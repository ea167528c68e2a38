package io.perpetua.application.facts;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.Triple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class HearAndReadFactsTest {

    private final World world = new World();
    private final Deque<Runnable> lane = new ArrayDeque<>();
    private final HearFacts hear = new HearFacts(
            world.facts, world.stores.conversations(), FactRules.DEFAULT, world.newIds, world.clock, lane::add);
    private final ScriptedExtractor extractor = new ScriptedExtractor();
    private final ReadFacts read = new ReadFacts(
            extractor,
            world.facts,
            world.stores.conversations(),
            FactRules.DEFAULT,
            world.newIds,
            world.clock,
            world.leases,
            lane::add);

    private static final class ScriptedExtractor implements FactExtractor {

        final List<List<Integer>> asked = new ArrayList<>();
        boolean enabled = true;
        boolean away;

        @Override
        public boolean enabled() {
            return enabled;
        }

        @Override
        public List<Extracted> extract(List<Turn> turns) {
            if (away) {
                throw new ExtractorUnavailable("away", null);
            }
            asked.add(turns.stream().map(Turn::number).toList());
            var found = new ArrayList<Extracted>();
            for (Turn turn : turns) {
                String text = turn.message().text();
                found.add(new Extracted(new Triple("user", "said", text), 0.9, turn.number()));
                found.add(new Extracted(new Triple("user", "whispered", text), 0.5, turn.number()));
            }
            return found;
        }
    }

    private void say(StoreTurns.Listener listener, String id, Message... said) {
        var conversation = world.store(id, List.of(said));
        int last = conversation.turns();
        var dated = new ArrayList<Dated>();
        for (Message each : said) {
            dated.add(new Dated(each, World.NOON.plusSeconds(last)));
        }
        listener.stored(new Appended(conversation, new TurnRange(last - said.length + 1, last)), dated);
    }

    private void work() {
        while (!lane.isEmpty()) {
            lane.remove().run();
        }
    }

    private List<Fact> facts() {
        return world.facts.query(World.SCOPE, FactFilter.ALL, null, 100).facts();
    }

    private List<String> objects() {
        return facts().stream().map(fact -> fact.triple().object()).sorted().toList();
    }

    @Test
    void hear_usersWords_inTheBackgroundOnly() {
        say(hear, "c", user("My name is Ann."), assistant("My name is Bot. I live in Rome."));
        assertThat(facts()).isEmpty();

        work();

        assertThat(objects()).containsExactly("Ann");
        var fact = facts().getFirst();
        assertThat(fact.sources())
                .containsExactly(new Source(Origin.DETECTED, null, null, "c", 0.9, World.NOON.plusSeconds(2)));
        assertThat(fact.holder().conversation()).isEqualTo("c");
    }

    @Test
    void hear_newHome_supersedes() {
        say(hear, "c", user("I live in Oslo."));
        say(hear, "c", user("I moved to Bergen."));
        say(hear, "c", user("I moved to Bergen."));
        work();

        assertThat(objects()).containsExactly("Bergen", "Oslo");
        assertThat(facts().stream()
                        .filter(fact -> fact.validTo() == null)
                        .map(fact -> fact.triple().object()))
                .containsExactly("Bergen");
    }

    @Test
    void hear_conversationErasedMeanwhile_leavesNothing() {
        say(hear, "c", user("My name is Ann."));
        world.stores.conversations().erase(World.key("c"));
        work();

        assertThat(facts()).isEmpty();
    }

    @Test
    void read_batchByBatch_eachTurnOnce() {
        for (int i = 1; i <= 7; i++) {
            say(read, "c", user("word " + i));
        }
        work();
        assertThat(extractor.asked).isEmpty();

        say(read, "c", assistant("answer"));
        work();
        assertThat(extractor.asked).containsExactly(List.of(1, 2, 3, 4, 5, 6, 7));
        assertThat(world.facts.readThrough(World.key("c"))).isEqualTo(8);
        assertThat(objects()).hasSize(7);
        assertThat(facts()).allMatch(fact -> fact.triple().predicate().equals("said"));

        say(read, "c", user("one more"));
        work();
        assertThat(extractor.asked).hasSize(1);
    }

    @Test
    void read_longImport_isReadInPieces() {
        var said = new ArrayList<Message>();
        for (int i = 1; i <= 70; i++) {
            said.add(i % 2 == 1 ? user("word " + i) : assistant("answer"));
        }
        say(read, "c", said.toArray(Message[]::new));
        work();

        assertThat(extractor.asked).hasSize(2);
        assertThat(extractor.asked.getFirst()).hasSize(16);
        assertThat(world.facts.readThrough(World.key("c"))).isEqualTo(64);
    }

    @Test
    void read_nobodyAnswers_isReadWhenItGoesOn() {
        extractor.away = true;
        for (int i = 1; i <= 8; i++) {
            say(read, "c", user("word " + i));
        }
        work();
        assertThat(world.facts.readThrough(World.key("c"))).isZero();

        extractor.away = false;
        say(read, "c", user("word 9"));
        work();
        assertThat(objects()).hasSize(9);
    }

    @Test
    void read_switchedOff_asksNobody() {
        extractor.enabled = false;
        for (int i = 1; i <= 20; i++) {
            say(read, "c", user("word " + i));
        }
        work();
        assertThat(extractor.asked).isEmpty();
    }

    @Test
    void read_anotherInstanceIsAboutIt_isLeftToThat() {
        for (int i = 1; i <= 8; i++) {
            say(read, "c", user("word " + i));
        }
        try (var lease = world.otherLeases.take("facts 5:local 7:default c")) {
            assertThat(lease).isNotNull();
            work();
        }
        assertThat(extractor.asked).isEmpty();
    }

    @Test
    void read_again_changesNothing() {
        for (int i = 1; i <= 8; i++) {
            say(read, "c", user("word " + i));
        }
        work();
        var before = facts();
        world.facts.noteReadThrough(World.key("c"), 0);
        say(read, "c", assistant("answer"));
        work();

        assertThat(extractor.asked).hasSize(2);
        assertThat(facts().stream().map(fact -> fact.triple().object()))
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(fact -> fact.triple().object()).toList());
        assertThat(facts()).allMatch(fact -> fact.sources().size() == 1);
    }
}
