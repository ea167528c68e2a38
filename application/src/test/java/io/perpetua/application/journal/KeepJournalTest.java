package io.perpetua.application.journal;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.Cancellation;
import io.perpetua.application.chat.ChatFailed;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.journal.Journal.Selection;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.journal.Ending;
import io.perpetua.domain.journal.JournalRow;
import io.perpetua.domain.journal.JournalRow.Asked;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepJournalTest {

    private static final Usage USED = new Usage(10, 4, 0, 5, 0, Source.PROVIDER);

    private final World world = new World();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final KeepJournal keeping = new KeepJournal(journal, "me", 3);

    @Test
    void flush_answeredTurn_isARowOfItsWholeAccount() {
        world.provider.reply().whole(assistant("1"), USED);
        keeping.ended(say());
        keeping.flush();

        var row = rows().getFirst();
        assertThat(row.tenant()).isEqualTo("local");
        assertThat(row.conversation()).isEqualTo("c");
        assertThat(row.turn()).isEqualTo(2);
        assertThat(row.mode()).isEqualTo(Mode.FULL);
        assertThat(row.provider()).isEqualTo("fake");
        assertThat(row.model()).isEqualTo("small");
        assertThat(row.attempts()).extracting(Asked::outcome).containsExactly("ok");
        assertThat(row.tokens().parts()).containsKey(Part.MESSAGE);
        assertThat(row.usage()).isEqualTo(USED);
        assertThat(row.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(row.reason()).isNotBlank();
        assertThat(row.costUsd()).isNotNull();
        assertThat(row.savedUsd()).as("nothing is saved of a first turn").isZero();
    }

    @Test
    void flush_failedTurn_isARowThatSaysWhy() {
        world.provider.refuse(
                new ProviderFailure(ProviderFailure.Kind.TIMEOUT, "fake", "nothing came", 0, null, null, null));
        assertThatThrownBy(this::say).isInstanceOf(ChatFailed.class);
        keeping.ended(world.ended.getFirst());
        keeping.flush();

        assertThat(rows().getFirst().ending()).isEqualTo(Ending.FAILED);
        assertThat(rows().getFirst().error()).isEqualTo("timeout");
        assertThat(rows().getFirst().provider()).isNull();
        assertThat(rows().getFirst().savedUsd()).isNull();
    }

    @Test
    void flush_storeAway_keepsWhatWaitsForTheNextTime() {
        var turns = turns(2);
        turns.forEach(keeping::ended);
        journal.fail(new StoreUnavailable("away", new IOException()));
        assertThatThrownBy(keeping::flush).isInstanceOf(StoreUnavailable.class);
        assertThat(keeping.waiting()).isEqualTo(2);

        journal.fail(null);
        keeping.flush();

        assertThat(rows()).hasSize(2);
        assertThat(keeping.waiting()).isZero();
        assertThat(keeping.dropped()).isZero();
    }

    @Test
    void ended_moreThanMayWait_losesTheOldestAndCountsThem() {
        var turns = turns(5);
        turns.forEach(keeping::ended);
        keeping.flush();

        assertThat(keeping.dropped()).isEqualTo(2);
        assertThat(rows()).extracting(JournalRow::turn).containsExactly(6, 8, 10);
    }

    @Test
    void page_rowsThatWait_areThere() {
        turns(1).forEach(keeping::ended);

        var page = new BrowseJournal(journal, keeping).page(Selection.of(Instant.EPOCH, Instant.MAX), null, 5);

        assertThat(page.rows()).hasSize(1);
    }

    @Test
    void forget_erasedConversation_itsRowsGoWithoutItsName() {
        turns(2).forEach(keeping::ended);
        keeping.forget(new ConversationKey(new Scope("local", "default"), "another"));
        keeping.forget(new ConversationKey(new Scope("local", "default"), "c"));
        keeping.flush();

        assertThat(rows()).hasSize(2).allMatch(row -> row.conversation() == null);
    }

    private List<EndedTurn> turns(int count) {
        for (int i = 0; i < count; i++) {
            world.provider.reply().whole(assistant("1"), USED);
            say();
        }
        return List.copyOf(world.ended);
    }

    private EndedTurn say() {
        world.chat.complete(
                new ChatRequest(
                        Sender.LOCAL,
                        "c",
                        "fake/small",
                        List.of(user("hello")),
                        "{}",
                        1,
                        null,
                        false,
                        false,
                        MemoryOptions.DEFAULT,
                        CacheUse.NONE),
                new Cancellation());
        return world.ended.getLast();
    }

    private List<JournalRow> rows() {
        var rows = new ArrayList<JournalRow>();
        journal.each(Selection.of(Instant.EPOCH, Instant.MAX), rows::add);
        return rows;
    }

    /** The domain knows neither circuits nor attempts, whose words stand in rows. */
    @Test
    void asked_wordsThatAreNoFailures_areThoseOfAttemptsAndCircuits() {
        for (var state : EnumSet.complementOf(EnumSet.of(State.CLOSED))) {
            assertThat(new Asked("p", "m", state.wire(), 0).failed())
                    .as(state.wire())
                    .isFalse();
        }
        assertThat(new Asked("p", "m", Attempt.OK, 0).failed()).isFalse();
        assertThat(new Asked("p", "m", Attempt.CANCELLED, 0).failed()).isFalse();
        for (var kind : ProviderFailure.Kind.values()) {
            assertThat(new Asked("p", "m", kind.wire(), 0).failed())
                    .as(kind.wire())
                    .isTrue();
        }
    }
}
