package io.perpetua.application.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.TurnSignals;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IndexTurnsTest {

    private static final ConversationKey KEY = new ConversationKey(new Scope("tenant", "default"), "a");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ForgetfulIndex index = new ForgetfulIndex();
    private final InMemoryRecord record = new InMemoryRecord();
    private final IndexTurns turns = new IndexTurns(record.stores().outbox(), index, null, threads);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void catchUp_whatWasStored_isSearchable() {
        say("one", "two");

        turns.catchUp();

        assertThat(indexed()).isEqualTo(2);
    }

    @Test
    void settle_indexFlushed_forgetsTheOutbox() {
        say("one");
        turns.catchUp();

        turns.settle();

        assertThat(record.stores().outbox().depth()).isZero();
    }

    @Test
    void settle_indexLostWhatItWasGiven_givesItAgain() {
        say("one");
        turns.catchUp();
        index.forget();
        assertThatThrownBy(turns::settle).isInstanceOf(IndexUnavailable.class);

        say("two");
        turns.catchUp();
        turns.settle();

        assertThat(indexed()).isEqualTo(2);
        assertThat(record.stores().outbox().depth()).isZero();
    }

    private int indexed() {
        return index.search(KEY.scope(), List.of(new PathSegment("a", 1, 100)), "", null)
                .table()
                .size();
    }

    private void say(String... texts) {
        for (String text : texts) {
            var message = new Message(Role.USER, text, null, List.of(), null, List.of(), "{}");
            var turn = new NewTurn(message, Instant.EPOCH, 5);
            record.stores().conversations().append(new Append(KEY, null, null, Append.WHATEVER, List.of(turn), null));
        }
    }

    /** Loses everything when told so, and says so at the next flush. */
    private static final class ForgetfulIndex implements TurnIndex {

        private TurnIndex turns = new InMemoryTurnIndex();
        private boolean lost;

        void forget() {
            turns = new InMemoryTurnIndex();
            turns.rebuilding();
            lost = true;
        }

        @Override
        public void put(List<IndexedTurn> given) {
            turns.put(given);
        }

        @Override
        public void erase(Scope scope, String branch, int after) {
            turns.erase(scope, branch, after);
        }

        @Override
        public void flush() {
            if (lost) {
                lost = false;
                throw new IndexUnavailable("lost", null);
            }
        }

        @Override
        public TurnSignals search(Scope scope, List<PathSegment> path, String query, float @Nullable [] queryVector) {
            return turns.search(scope, path, query, queryVector);
        }

        @Override
        public boolean needsRebuild() {
            return turns.needsRebuild();
        }

        @Override
        public void rebuilding() {
            turns.rebuilding();
        }
    }
}
