package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.IdleConversations.Look;
import io.perpetua.application.conversation.Outbox.Entry;
import io.perpetua.application.conversation.Said;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances that share a server, some of which die. */
class TakeoverTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Scope scope = new Scope("tenant-" + UUID.randomUUID(), "default");
    private @Nullable RedisProcess server;
    private final List<RecordOverRedis> instances = new ArrayList<>();

    @BeforeEach
    void start() {
        server = RedisProcess.start("--appendfsync", "no");
    }

    @AfterEach
    void stop() {
        instances.forEach(RecordOverRedis::close);
        requireNonNull(server).close();
    }

    @Test
    void look_whileAllLive_takesNothing() {
        var one = instance(LONG);
        var other = instance(LONG);
        say(one, "a", "x");
        say(other, "b", "y");

        one.takeover.look();
        one.takeover.look();
        other.takeover.look();
        other.takeover.look();

        assertThat(texts(one)).containsExactly("x");
        assertThat(texts(other)).containsExactly("y");
    }

    @Test
    void look_afterADeath_takesOverOnceAndALateForgetDoesNoHarm() {
        var dead = instance(Duration.ofMillis(1));
        var heir = instance(LONG);
        var third = instance(LONG);
        say(dead, "a", "x");
        say(dead, "b", "y");
        say(heir, "c", "z");
        awaitDeath(heir, dead);

        heir.takeover.look();
        assertThat(texts(heir)).as("missed once only").containsExactly("z");
        heir.takeover.look();
        third.takeover.look();
        third.takeover.look();

        assertThat(texts(heir)).containsExactlyInAnyOrder("x", "y", "z");
        assertThat(texts(third)).isEmpty();

        dead.outbox.forget(Long.MAX_VALUE);
        assertThat(heir.outbox.depth()).isEqualTo(3);
        assertThat(texts(heir)).containsExactlyInAnyOrder("x", "y", "z");

        heir.outbox.forget(Long.MAX_VALUE);
        assertThat(heir.outbox.depth()).isZero();
    }

    @Test
    void look_heirThatDiesToo_isTakenOverAsWell() {
        var first = instance(Duration.ofMillis(1));
        var second = instance(Duration.ofMillis(1));
        var third = instance(LONG);
        say(first, "a", "x");
        awaitDeath(third, first);
        second.takeover.look();
        second.takeover.look();
        say(second, "b", "y");
        awaitDeath(third, second);

        third.takeover.look();
        third.takeover.look();

        assertThat(texts(third)).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void look_instanceThatClosed_isTakenOver() {
        var closed = new RecordOverRedis(requireNonNull(server).url());
        say(closed, "a", "x");
        closed.close();
        var heir = instance(LONG);

        heir.takeover.look();
        heir.takeover.look();

        assertThat(texts(heir)).containsExactly("x");
    }

    @Test
    void look_twoHeirsAtOnce_shareWhatIsLeft() throws InterruptedException {
        var dead = instance(Duration.ofMillis(1));
        for (int i = 0; i < 40; i++) {
            say(dead, "c" + i, "t" + i);
        }
        var heirs = List.of(instance(LONG), instance(LONG), instance(LONG));
        awaitDeath(heirs.getFirst(), dead);

        var threads = heirs.stream()
                .map(heir -> Thread.ofVirtual().start(() -> {
                    heir.takeover.look();
                    heir.takeover.look();
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        var all = heirs.stream().flatMap(heir -> texts(heir).stream()).toList();
        assertThat(all).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void idle_oneLooksUntilItIsThroughOrDies() {
        var one = instance(Duration.ofMillis(1));
        var other = instance(LONG);
        say(other, "a", "x");
        var later = Instant.now().plus(Duration.ofHours(2));

        var look = other.idle.look(later, null);
        assertThat(look.next()).isNotNull();
        assertThat(one.idle.look(later, null).next()).as("the other looks").isNull();

        other.instances.close();
        assertThat(one.idle.look(later, null).next()).as("the other is dead").isNotNull();
    }

    @Test
    void pending_entryThatWasWrittenUnseen_isFoundAgain() {
        var one = instance(LONG);
        say(one, "a", "x");
        one.entries.claims().remove(Long.MAX_VALUE); // as if the server's answer had been lost

        assertThat(texts(one)).isEmpty();
        one.entries.doubt();

        assertThat(texts(one)).containsExactly("x");
        one.entries.doubt();
        assertThat(texts(one)).as("once only").containsExactly("x");
    }

    @Test
    void claims_beyondTheBound_areMarkedToBeFoundLater() {
        var claims = new Claims(2);
        for (int i = 0; i < 5; i++) {
            claims.add(new Claim(0, "owner123" + i, new ConversationKey(scope, "a"), "12345678", null, 1, 1, 0, 100));
        }

        assertThat(claims.after(0, 9)).hasSize(2);
        assertThat(claims.takeDoubt()).as("no room").isFalse();
        claims.remove(Long.MAX_VALUE);
        assertThat(claims.takeDoubt()).isTrue();
        assertThat(claims.takeDoubt()).isFalse();
    }

    @Test
    void idle_clockFarFromTheServers_takesNothingForIdle() {
        var late = Instant.now().plus(Duration.ofDays(30));
        say(instance(LONG), "a", "x");
        var ahead = instance(LONG, InstantSource.fixed(late));
        var before = late.minus(Duration.ofDays(7));

        assertThat(ahead.idle.look(before, null)).isEqualTo(new Look(List.of(), null));

        var onTime = instance(LONG);
        var found = new ArrayList<ConversationKey>();
        var look = onTime.idle.look(before, null);
        while (look.next() != null) {
            found.addAll(look.idle());
            look = onTime.idle.look(before, look.next());
        }
        found.addAll(look.idle());
        assertThat(found).extracting(ConversationKey::id).containsExactly("a");
    }

    private RecordOverRedis instance(Duration life) {
        return instance(life, InstantSource.system());
    }

    private RecordOverRedis instance(Duration life, InstantSource clock) {
        var instance = new RecordOverRedis(requireNonNull(server).url(), life, clock);
        instances.add(instance);
        return instance;
    }

    private static void awaitDeath(RecordOverRedis witness, RecordOverRedis dying) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (witness.instances.dead(List.of(dying.instances.id())).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    private void say(RecordOverRedis instance, String id, String text) {
        var turn = new NewTurn(Said.user(text), Instant.EPOCH, 7, List.of());
        instance.conversations.append(new Append(
                new ConversationKey(scope, id),
                null,
                null,
                Append.WHATEVER,
                List.of(turn),
                null,
                "r " + UUID.randomUUID()));
    }

    private static List<String> texts(RecordOverRedis instance) {
        var numbers = new HashSet<Long>();
        return instance.outbox.pending(0, 100).stream()
                .peek(entry -> assertThat(numbers.add(entry.number())).isTrue())
                .flatMap(entry -> entry instanceof Entry.Written written
                        ? written.turns().stream().map(turn -> turn.message().text())
                        : Stream.empty())
                .toList();
    }
}
