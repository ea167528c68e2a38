package io.perpetua.application.spool;

import static io.perpetua.application.World.key;
import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.World;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.Conversations.Outcome.Moved;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.spool.FlakyStore.State;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.AnchorDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final long ROOM = 1 << 20;

    private final Stores real = new InMemoryRecord().stores();
    private final FlakyStore store = new FlakyStore(real);
    private final InMemorySpool spool = new InMemorySpool(ROOM);
    private final AtomicInteger ids = new AtomicInteger();
    private SharedRecord record = started();

    /** What a process makes when it starts. */
    private SharedRecord started() {
        var stores = store.stores();
        return new SharedRecord(
                stores.conversations(),
                stores.anchors(),
                stores.briefs(),
                spool,
                store,
                () -> "detour-" + ids.incrementAndGet(),
                ROOM);
    }

    @Test
    void append_storeAway_isAcknowledgedAndThereOnceItIsBack() {
        say("a", 0, user("1"), assistant("2"));
        store.is(State.AWAY);

        var told = say("a", 2, user("3"), assistant("4"));

        assertThat(told.range()).isEqualTo(new TurnRange(3, 4));
        assertThat(told.conversation().tokens()).isEqualTo(40);
        assertThat(texts("a")).containsExactly("1", "2");

        back();

        assertThat(texts("a")).containsExactly("1", "2", "3", "4");
        assertThat(spool.level().appends()).isZero();
    }

    @Test
    void append_madeAndNotTold_isThereOnce() {
        store.is(State.MUTE);

        var told = say("a", 0, user("1"), assistant("2"));

        assertThat(told.range()).isEqualTo(new TurnRange(1, 2));
        assertThat(texts("a")).containsExactly("1", "2");

        back();

        assertThat(texts("a")).containsExactly("1", "2");
    }

    @Test
    void append_storeBackAndOthersWait_goesBehindThem() {
        store.is(State.AWAY);
        say("a", Append.WHATEVER, user("1"));
        store.is(State.THERE);

        say("a", Append.WHATEVER, user("2"));

        assertThat(texts("a")).isEmpty();
        back();
        assertThat(texts("a")).containsExactly("1", "2");
    }

    @Test
    void append_storeFull_isRefused() {
        var full = new InMemoryRecord();
        var stores = full.stores();
        full.fillUp();
        var refusing = new SharedRecord(
                stores.conversations(), stores.anchors(), stores.briefs(), spool, store, () -> "x", ROOM);

        var refused = catchThrowableOfType(
                StoreUnavailable.class, () -> refusing.conversations().append(append(key("a"), null, 0, user("1"))));

        assertThat(refused.full()).isTrue();
        assertThat(spool.level().appends()).isZero();
    }

    @Test
    void append_expectingLessThanWaits_hasMoved() {
        say("a", 0, user("1"), assistant("2"));
        store.is(State.AWAY);
        say("a", 2, user("3"));

        var outcome = record.conversations().append(append(key("a"), null, 2, user("other")));

        assertThat(outcome).isInstanceOf(Moved.class);
        assertThat(((Moved) outcome).conversation()).isNotNull().matches(head -> head.turns() == 3);
    }

    @Test
    void past_storeAway_isWhatWasReadAndWritten() {
        say("a", 0, user("I am vegetarian."), assistant("2"));
        var before = record.conversations().past(key("a"), 10);
        store.is(State.AWAY);

        assertThat(record.conversations().past(key("a"), 10)).isEqualTo(before);

        say("a", 2, user("My name is Ann."), assistant("4"));
        var past = record.conversations().past(key("a"), 10);

        assertThat(past).isNotNull();
        assertThat(past.tail()).extracting(Turn::number).containsExactly(1, 2, 3, 4);
        assertThat(past.anchors()).hasSize(2);
        assertThat(past.conversation().turns()).isEqualTo(4);
        assertThat(record.conversations().past(key("unknown"), 10)).isNull();
    }

    @Test
    void past_storeAwayForAFork_isThatOfItsSource() {
        say("a", 0, user("I am vegetarian."), assistant("2"), user("3"), assistant("4"));
        store.is(State.AWAY);

        appended(append(key("b"), new Fork(key("a"), 2), 0, user("other")));

        var past = record.conversations().past(key("b"), 10);
        assertThat(past).isNotNull();
        assertThat(past.tail())
                .extracting(turn -> turn.message().text())
                .containsExactly("I am vegetarian.", "2", "other");
        assertThat(past.anchors()).hasSize(1);
        assertThat(past.conversation().tokens()).isEqualTo(30);

        back();
        var real = record.conversations().past(key("b"), 10);
        assertThat(real).isNotNull();
        assertThat(real.tail()).isEqualTo(past.tail());
        assertThat(real.conversation().tokens()).isEqualTo(30);
    }

    @Test
    void past_unknownUntilTheStoreIsBack_isReadWithWhatWaitsOnTop() {
        real.conversations().append(append(key("a"), null, 0, user("1"), assistant("2")));
        store.is(State.AWAY);
        say("a", Append.WHATEVER, user("3"));
        assertThat(tail(record, "a")).containsExactly("3");

        store.is(State.THERE);

        assertThat(tail(record, "a")).containsExactly("1", "2", "3");
        assertThat(texts("a")).containsExactly("1", "2");
    }

    @Test
    void past_processDiedWhileTurnsWait_hasThem() {
        store.is(State.AWAY);
        say("a", 0, user("1"), assistant("2"));
        say("a", 2, user("3"));

        record = started();

        assertThat(tail(record, "a")).containsExactly("1", "2", "3");
        var known = record.conversations().recognise(histories(user("1"), assistant("2"), user("3")), 2);
        assertThat(known).isNotNull().matches(each -> each.messages() == 3);
    }

    @Test
    void recognise_storeAway_knowsHowKnownConversationsEnd() {
        say("a", 0, user("1"), assistant("2"));
        record.conversations().past(key("a"), 10);
        store.is(State.AWAY);
        say("a", 2, user("3"), assistant("4"));

        var known = record.conversations()
                .recognise(histories(user("1"), assistant("2"), user("3"), assistant("4"), user("5")), 2);

        assertThat(known).isNotNull();
        assertThat(known.conversation().key()).isEqualTo(key("a"));
        assertThat(known.messages()).isEqualTo(4);
        assertThat(record.conversations().recognise(histories(user("1"), assistant("x")), 2))
                .isNull();
    }

    @Test
    void views_moreThanTheyMayWeigh_forgetTheEldest() {
        var text = "x".repeat(10_000);
        for (int i = 0; i < 200; i++) {
            say("c" + i, 0, user(text));
        }
        store.is(State.AWAY);

        assertThat(record.conversations().past(key("c0"), 10)).isNull();
        assertThat(record.conversations().past(key("c199"), 10)).isNotNull();
    }

    @Test
    void browsing_storeAwayOrBehind_isAnErrorAndNeverLess() {
        say("a", 0, user("1"));
        store.is(State.AWAY);
        say("a", 1, assistant("2"));
        say("new", 0, user("3"));
        for (State state : List.of(State.AWAY, State.THERE)) {
            store.is(state);
            var strict = record.conversations();

            assertThatThrownBy(() -> strict.find(key("a"))).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> strict.find(key("new"))).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> strict.turns(key("a"), List.of(new TurnRange(1, 2))))
                    .isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> strict.erase(key("a"))).isInstanceOf(StoreUnavailable.class);
        }
        store.is(State.AWAY);
        assertThatThrownBy(() -> record.conversations().list(World.SCOPE, null, 10))
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void erase_afterAllIsWritten_isForGood() {
        store.is(State.AWAY);
        say("a", 0, user("1"));
        back();

        assertThat(record.conversations().erase(key("a"))).isTrue();

        record.replay().replay();
        assertThat(texts("a")).isEmpty();
        store.is(State.AWAY);
        assertThat(record.conversations().past(key("a"), 10)).isNull();
    }

    @Test
    void turns_storeAway_areThoseThatAreKnown() {
        say("a", 0, user("1"), assistant("2"));
        store.is(State.AWAY);
        say("a", 2, user("3"));
        var lenient = record.turnConversations();

        assertThat(lenient.turns(key("a"), List.of(new TurnRange(2, 9))))
                .extracting(Turn::number)
                .containsExactly(2, 3);
        assertThat(lenient.tokens(key("a"), 1)).isEqualTo(10);
        assertThat(lenient.find(key("a"))).isNotNull();
        assertThat(lenient.turns(key("unknown"), List.of(new TurnRange(1, 9)))).isEmpty();
        assertThat(record.turnAnchors().of(key("a"))).isEmpty();
        assertThat(record.turnBriefs().find(key("a"))).isNull();
    }

    @Test
    void replay_othersHaveGoneOn_makesAForkThatWhatFollowedGoesAlongWith() {
        say("a", 0, user("1"), assistant("2"));
        store.is(State.AWAY);
        say("a", 2, user("3"), assistant("4"));
        say("a", 4, user("5"));
        appended(append(key("b"), new Fork(key("a"), 4), 0, user("branch")));
        real.conversations().append(append(key("a"), null, 2, user("theirs"), assistant("theirs, too")));

        back();

        assertThat(texts("a")).containsExactly("1", "2", "theirs", "theirs, too");
        assertThat(texts("detour-1")).containsExactly("1", "2", "3", "4", "5");
        assertThat(texts("b")).containsExactly("1", "2", "3", "4", "branch");
    }

    @Test
    void replay_erasedMeanwhileElsewhere_standsOnItsOwn() {
        say("a", 0, user("1"), assistant("2"));
        store.is(State.AWAY);
        say("a", 2, user("3"), assistant("4"));
        say("a", 4, user("5"));
        real.conversations().erase(key("a"));

        back();

        assertThat(texts("a")).isEmpty();
        assertThat(texts("detour-1")).containsExactly("3", "4", "5");
    }

    @Test
    void replay_clientHasToldAnotherInstance_addsNothingTwice() {
        say("a", Append.WHATEVER, user("1"), assistant("2"));
        store.is(State.AWAY);
        say("a", Append.WHATEVER, user("3"), assistant("4"));
        say("a", Append.WHATEVER, user("5"), assistant("6"));
        real.conversations()
                .append(append(key("a"), null, Append.WHATEVER, user("3"), assistant("4"), user("x"), assistant("y")));

        back();

        assertThat(texts("a")).containsExactly("1", "2", "3", "4", "x", "y", "5", "6");
    }

    @Test
    void replay_historyOfWhatWasNotKnownHere_addsOnlyWhatIsNew() {
        real.conversations().append(append(key("a"), null, 0, user("1"), assistant("2")));
        store.is(State.AWAY);
        say("a", Append.WHATEVER, user("1"), assistant("2"));
        say("a", Append.WHATEVER, user("3"), assistant("4"));

        back();

        assertThat(texts("a")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void replay_storeGoesAwayAgain_goesOnLater() {
        store.is(State.AWAY);
        say("a", 0, user("1"));
        say("b", 0, user("2"));
        assertThatThrownBy(() -> record.replay().replay()).isInstanceOf(StoreUnavailable.class);
        assertThat(spool.level().appends()).isEqualTo(2);

        store.is(State.MUTE);
        assertThat(record.replay().replay())
                .matches(result -> result.written() == 0 && result.stuck() == 2)
                .matches(result -> result.failure() instanceof StoreUnavailable);
        assertThat(spool.level().appends()).isEqualTo(2);

        back();
        assertThat(texts("a")).containsExactly("1");
        assertThat(texts("b")).containsExactly("2");
    }

    @Test
    void replay_storeRefusesOne_writesTheOthersAndSaysSo() {
        var stores = store.stores();
        store.is(State.AWAY);
        say("bad", 0, user("1"));
        say("good", 0, user("2"));
        say("bad", 1, user("3"));
        store.is(State.THERE);
        var refusing = new RefusingConversations(
                stores.conversations(), Set.of(key("bad")), () -> new IllegalStateException("refused"));
        var one = new SharedRecord(refusing, stores.anchors(), stores.briefs(), spool, store, () -> "x", ROOM);

        var result = one.replay().replay();

        assertThat(result.written()).isEqualTo(1);
        assertThat(result.stuck()).isEqualTo(1);
        assertThat(result.failure()).hasMessage("refused");
        assertThat(texts("good")).containsExactly("2");
        back();
        assertThat(texts("bad")).containsExactly("1", "3");
    }

    @Test
    void replay_storeDoesNotAnswerToSome_writesTheOthersAndEachInOrder() {
        var stores = store.stores();
        store.is(State.AWAY);
        var silent = new HashSet<ConversationKey>();
        for (int i = 0; i < 12; i++) {
            say("bad" + i, 0, user("1"));
            silent.add(key("bad" + i));
        }
        say("bad3", 1, user("2"));
        appended(append(key("fork"), new Fork(key("bad3"), 2), 0, user("3")));
        say("good", 0, user("4"));
        say("good", 1, user("5"));
        store.is(State.THERE);
        var asked = new AtomicInteger();
        var refusing = new RefusingConversations(stores.conversations(), silent, () -> {
            asked.incrementAndGet();
            return new StoreUnavailable("too large", new IllegalStateException());
        });
        var one = new SharedRecord(refusing, stores.anchors(), stores.briefs(), spool, store, () -> "x", ROOM);

        assertThat(one.replay().replay().written()).isZero();
        assertThat(asked).as("a pass waits for a few only").hasValue(5);
        assertThat(one.replay().replay().written()).isZero();
        assertThat(one.replay().replay().written()).isEqualTo(2);

        assertThat(texts("good")).containsExactly("4", "5");
        assertThat(asked).hasValue(12);
        one.replay().replay();
        assertThat(asked).as("all are tried again").hasValue(17);
        back();
        assertThat(texts("bad3")).containsExactly("1", "2");
        assertThat(texts("fork")).containsExactly("1", "2", "3");
    }

    @Test
    void watch_storeMissingInBetween_saysSoOnce() {
        var before = record.availability().watch();
        assertThat(before.missing()).isEmpty();
        store.is(State.AWAY);
        say("a", 0, user("1"));
        say("a", 1, user("2"));
        assertThat(before.missing()).containsExactly("redis");
        back();

        assertThat(before.missing()).containsExactly("redis");
        assertThat(record.availability().watch().missing()).isEmpty();
    }

    private void back() {
        store.is(State.THERE);
        record.replay().replay();
    }

    private Appended say(String id, int expected, Message... said) {
        return appended(append(key(id), null, expected, said));
    }

    private Appended appended(Append append) {
        Outcome outcome = record.conversations().append(append);
        assertThat(outcome).isInstanceOf(Appended.class);
        return (Appended) outcome;
    }

    private static Append append(ConversationKey key, @Nullable Fork from, int expected, Message... said) {
        var turns = Arrays.stream(said)
                .map(message -> new NewTurn(message, World.NOON, 10, AnchorDetector.in(message)))
                .toList();
        return new Append(
                key, null, from, expected, turns, null, UUID.randomUUID().toString());
    }

    private List<String> texts(String id) {
        return real.conversations().turns(key(id), List.of(new TurnRange(1, Integer.MAX_VALUE))).stream()
                .map(turn -> turn.message().text())
                .toList();
    }

    private static List<String> tail(SharedRecord record, String id) {
        var past = record.conversations().past(key(id), 10);
        return past == null
                ? List.of()
                : past.tail().stream().map(turn -> turn.message().text()).toList();
    }

    private static List<Fingerprint> histories(Message... said) {
        var histories = new ArrayList<Fingerprint>();
        var history = Fingerprint.root(World.SCOPE, null);
        for (Message message : said) {
            history = history.then(message);
            histories.add(history);
        }
        return histories;
    }
}
