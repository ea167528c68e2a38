package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Outbox.Entry;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Outbox} owes the index. */
public abstract class OutboxContract extends RecordContract {

    @BeforeEach
    void empty() {
        outbox().forget(Long.MAX_VALUE);
    }

    @Test
    void pending_nothingHappened_isEmpty() {
        assertThat(outbox().pending(0, 10)).isEmpty();
        assertThat(outbox().depth()).isZero();
    }

    @Test
    void pending_appends_areWrittenInOrder() {
        say(key, "a", "b");
        fork(key, 1, key("fork"), "x");
        say(key, "c");

        var entries = outbox().pending(0, 10);

        var turns = turns(key);
        assertThat(entries)
                .containsExactly(
                        new Entry.Written(number(entries, 0), scope, branch(key), turns.subList(0, 2)),
                        new Entry.Written(
                                number(entries, 1),
                                scope,
                                branch(key("fork")),
                                turns(key("fork")).subList(1, 2)),
                        new Entry.Written(number(entries, 2), scope, branch(key), turns.subList(2, 3)));
        assertThat(entries).extracting(Entry::number).isSorted().doesNotHaveDuplicates();
        assertThat(outbox().depth()).isEqualTo(3);
    }

    @Test
    void pending_appendThatMoved_isNotThere() {
        conversations()
                .append(new Conversations.Append(
                        key,
                        null,
                        null,
                        4,
                        newTurns("a"),
                        null,
                        UUID.randomUUID().toString()));

        assertThat(outbox().depth()).isZero();
    }

    @Test
    void pending_afterAndLimit_page() {
        IntStream.range(0, 5).forEach(i -> say(key, "turn " + i));
        var all = outbox().pending(0, 10);

        assertThat(outbox().pending(0, 2)).isEqualTo(all.subList(0, 2));
        assertThat(outbox().pending(number(all, 1), 2)).isEqualTo(all.subList(2, 4));
        assertThat(outbox().pending(number(all, 4), 2)).isEmpty();
    }

    @Test
    void forget_through_forgetsThatAndWhatIsBefore() {
        IntStream.range(0, 3).forEach(i -> say(key, "turn " + i));
        var all = outbox().pending(0, 10);

        outbox().forget(number(all, 1));
        say(key, "more");

        var left = outbox().pending(0, 10);
        assertThat(left).hasSize(2).first().isEqualTo(all.get(2));
        assertThat(number(left, 1)).isGreaterThan(number(left, 0));
        assertThat(outbox().depth()).isEqualTo(2);
    }

    @Test
    void forget_everything_doesNotStartNumbersAgain() {
        say(key, "a");
        long before = number(outbox().pending(0, 1), 0);

        outbox().forget(before);
        say(key, "b");

        assertThat(number(outbox().pending(before, 1), 0)).isGreaterThan(before);
    }

    @Test
    void pending_erase_tellsWhatIsGone() {
        say(key, "a", "b", "c");
        fork(key, 1, key("fork"), "x");
        outbox().forget(Long.MAX_VALUE);
        String branch = branch(key);
        String fork = branch(key("fork"));

        conversations().erase(key);
        conversations().erase(key("fork"));

        var entries = outbox().pending(0, 10);
        assertThat(entries)
                .containsExactlyInAnyOrder(
                        new Entry.Erased(number(entries, 0), scope, branch, 1),
                        erased(entries, branch, 0),
                        erased(entries, fork, 1));
    }

    @Test
    void pending_writtenThatIsErasedMeanwhile_hasOnlyWhatStillExists() {
        say(key, "a", "b", "c");
        var turns = turns(key);
        fork(key, 1, key("fork"), "x");

        conversations().erase(key);

        assertThat(outbox().pending(0, 1))
                .singleElement()
                .isInstanceOfSatisfying(
                        Entry.Written.class,
                        written -> assertThat(written.turns()).isEqualTo(turns.subList(0, 1)));
    }

    @Test
    void pending_replayed_isExactlyWhatTheStoreHolds() {
        var index = new Index();
        say(key, "old a", "old b", "old c");
        say(key("gone"), "g");
        index.replay();
        fork(key, 2, key("fork"), "x", "y");
        fork(key("fork"), 3, key("twig"), "z");
        conversations().erase(key);
        conversations().erase(key("gone"));
        say(key, "new a");
        say(key("gone"), "new g");
        index.replay();
        index.replay();

        index.holdsExactly(key, key("gone"), key("fork"), key("twig"));

        index.forget();
        conversations().erase(key("fork"));
        conversations().erase(key("gone"));
        index.replay();
        index.forget();
        say(key("gone"), "again");
        index.replay();

        index.holdsExactly(key, key("gone"), key("twig"));
    }

    @Test
    void refill_afterEverythingWasForgotten_givesEveryTurnAgain() {
        say(key, "a", "b", "c");
        fork(key, 2, key("fork"), "x");
        conversations().erase(key);
        say(key("long"), IntStream.range(0, 1000).mapToObj(i -> "turn " + i).toArray(String[]::new));
        outbox().forget(Long.MAX_VALUE);

        outbox().refill();

        var index = new Index();
        index.replay();
        index.holdsExactly(key("fork"), key("long"));
    }

    @Test
    void turns_ofABranch_areItsOwnAndTheInheritedOnes() {
        say(key, "a", "b", "c", "d");
        var fork = key("fork");
        fork(key, 2, fork, "x", "y");
        var twig = key("twig");
        fork(fork, 3, twig, "z");

        assertThat(outbox().turns(scope, branch(twig), 1, 9)).isEqualTo(turns(twig));
        assertThat(outbox().turns(scope, branch(fork), 1, 9)).isEqualTo(turns(fork));
        assertThat(outbox().turns(scope, branch(fork), 2, 3))
                .isEqualTo(turns(fork).subList(1, 3));
        assertThat(outbox().turns(scope, branch(key), 3, 9))
                .isEqualTo(turns(key).subList(2, 4));
        assertThat(outbox().turns(scope, branch(key), 5, 9)).isEmpty();
        assertThat(outbox().turns(scope, "nowhere", 1, 9)).isEmpty();
    }

    @Test
    void turns_ofABranchThatOnlyAForkHasLeft_areThoseItShares() {
        say(key, "a", "b", "c");
        fork(key, 2, key("fork"), "x");
        var shared = turns(key).subList(0, 2);
        String branch = branch(key);

        conversations().erase(key);

        assertThat(outbox().turns(scope, branch, 1, 9)).isEqualTo(shared);
    }

    private static long number(List<Entry> entries, int at) {
        return entries.get(at).number();
    }

    private Entry erased(List<Entry> entries, String branch, int after) {
        return entries.stream()
                .map(entry -> new Entry.Erased(entry.number(), scope, branch, after))
                .filter(entries::contains)
                .findFirst()
                .orElseThrow(() -> new AssertionError(branch + " after " + after + " in " + entries));
    }

    /** What an index would hold that follows the outbox. */
    private final class Index {

        private final Map<String, TreeMap<Integer, Turn>> branches = new TreeMap<>();
        private long last;

        void replay() {
            for (Entry entry : outbox().pending(0, Integer.MAX_VALUE)) {
                last = entry.number();
                if (!entry.scope().equals(scope)) {
                    continue;
                }
                var held = branches.computeIfAbsent(entry.branch(), name -> new TreeMap<>());
                switch (entry) {
                    case Entry.Written written -> written.turns().forEach(turn -> held.put(turn.number(), turn));
                    case Entry.Erased erased ->
                        held.tailMap(erased.after(), false).clear();
                }
            }
        }

        void forget() {
            outbox().forget(last);
        }

        void holdsExactly(ConversationKey... keys) {
            Map<String, TreeMap<Integer, Turn>> expected = new TreeMap<>();
            for (ConversationKey key : keys) {
                List<Turn> turns = new ArrayList<>(turns(key));
                var conversation = conversations().find(key);
                assertThat(conversation).isNotNull();
                for (PathSegment segment : conversation.path()) {
                    turns.subList(segment.first() - 1, segment.last())
                            .forEach(turn -> expected.computeIfAbsent(segment.branch(), name -> new TreeMap<>())
                                    .put(turn.number(), turn));
                }
            }
            branches.values().removeIf(Map::isEmpty);
            assertThat(branches).isEqualTo(expected);
        }
    }
}
