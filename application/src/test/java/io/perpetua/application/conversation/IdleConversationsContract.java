package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.facts.InMemoryFacts;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Triple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link IdleConversations} owes whoever clears up. The turns of these tests are dated long ago. */
public abstract class IdleConversationsContract extends RecordContract {

    private static final Duration HOURS = Duration.ofHours(2);

    protected abstract IdleConversations idle();

    @Test
    void look_conversationThatWasAddedToLately_isNotIdle() {
        say(key, "a");

        assertThat(idleSince(Instant.now().minus(HOURS))).isEmpty();
    }

    @Test
    void look_conversationsThatAreIdle_givesEachOnce() {
        var keys = IntStream.range(0, 70).mapToObj(i -> key("c" + i)).toList();
        keys.forEach(each -> say(each, "a"));

        assertThat(idleSince(Instant.now().plus(HOURS))).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void look_fork_isIdleOnItsOwn() {
        say(key, "a");
        fork(key, 1, key("fork"), "x");

        assertThat(idleSince(Instant.now().plus(HOURS))).containsExactlyInAnyOrder(key, key("fork"));
    }

    @Test
    void erase_whatIsIdle_isGone() {
        say(key, "a");

        assertThat(idle().erase(key, Instant.now().plus(HOURS))).isTrue();
        assertThat(conversations().find(key)).isNull();
        assertThat(idle().erase(key, Instant.now().plus(HOURS))).isFalse();
    }

    @Test
    void erase_whatIsNotIdleAnyMore_stays() {
        say(key, "a");

        assertThat(idle().erase(key, Instant.now().minus(HOURS))).isFalse();
        assertThat(texts(key)).containsExactly("a");
    }

    @Test
    void step_allSteps_eraseWhatIsIdleAndBeginAgain() {
        say(key, "a");
        say(key("other"), "a");
        var told = new ArrayList<String>();
        var facts = new InMemoryFacts();
        var heard = new Source(Origin.GIVEN, null, null, key.id(), 1, Instant.EPOCH);
        var known = new Statement(Holder.ALL, new Triple("a", "b", "c"), null, heard);
        facts.tell(scope, known, "fact", Instant.EPOCH, FactRules.DEFAULT);
        var forget =
                new ForgetIdle(new OfThisTest(), facts, HOURS, each -> told.add(each.id()), () -> told.add("erased"));

        assertThat(through(forget, Instant.now())).isZero();
        assertThat(told).isEmpty();
        assertThat(facts.find(scope, "fact")).isNotNull();

        assertThat(through(forget, Instant.now().plus(HOURS.multipliedBy(2)))).isEqualTo(2);
        assertThat(facts.find(scope, "fact")).isNull();
        assertThat(told).contains(key.id(), key("other").id(), "erased");
        assertThat(conversations().list(scope, null, 9).conversations()).isEmpty();
    }

    private static int through(ForgetIdle forget, Instant now) {
        int erased = 0;
        while (true) {
            var step = forget.step(now);
            erased += step.erased();
            if (step.through()) {
                return erased;
            }
        }
    }

    private List<ConversationKey> idleSince(Instant before) {
        var found = new ArrayList<ConversationKey>();
        @Nullable String cursor = null;
        do {
            var look = new OfThisTest().look(before, cursor);
            found.addAll(look.idle());
            cursor = look.next();
        } while (cursor != null);
        return found;
    }

    /** Only the conversations of this test, for the store has others. */
    private final class OfThisTest implements IdleConversations {

        @Override
        public Look look(Instant before, @Nullable String cursor) {
            var look = idle().look(before, cursor);
            return new Look(
                    look.idle().stream()
                            .filter(each -> each.scope().equals(scope))
                            .toList(),
                    look.next());
        }

        @Override
        public boolean erase(ConversationKey key, Instant before) {
            return idle().erase(key, before);
        }
    }
}
