package io.perpetua.application.context;

import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.strategy.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigestsTest {

    private final World world = new World();
    private final List<Integer> read = new ArrayList<>();
    private final Digests<Counting> digests = new Digests<>(world.stores.conversations(), new Counting(0, read));

    @Test
    void of_aSecondRequest_readsOnlyWhatCameSince() {
        world.say("c", said(600));
        assertThat(of("c").turns()).isEqualTo(600);
        assertThat(read).hasSize(600).isSorted().doesNotHaveDuplicates();

        world.say("c", said(2));
        assertThat(of("c").turns()).isEqualTo(602);
        assertThat(of("c").turns()).isEqualTo(602);
        assertThat(read).hasSize(602);
    }

    @Test
    void of_anEarlierPointOfAConversation_isOfItsTurnsAlone() {
        world.say("c", said(20));
        of("c");

        assertThat(digests.of(dialogue(world.get("c"), 8)).turns()).isEqualTo(8);
        assertThat(of("c").turns()).isEqualTo(20);
        assertThat(read).hasSize(28);
    }

    @Test
    void of_aConversationErasedAndBegunAgain_isOfTheNewOne() {
        world.say("c", said(20));
        of("c");
        world.stores.conversations().erase(World.key("c"));
        world.say("c", said(30));

        assertThat(of("c").turns()).isEqualTo(30);
        assertThat(read).hasSize(50);
    }

    @Test
    void of_moreThanAreRemembered_areReadAgain() {
        for (int i = 0; i < 200; i++) {
            world.say("c" + i, said(2));
            of("c" + i);
        }
        assertThat(read).hasSize(400);
        of("c199");
        assertThat(read).hasSize(400);
        of("c0");
        assertThat(read).hasSize(402);
    }

    @Test
    void of_noPast_isEmpty() {
        var dialogue = new Dialogue(World.key("new"), true, null, null, 0, List.of(user("hello")));

        assertThat(digests.of(dialogue).turns()).isZero();
    }

    private Counting of(String id) {
        var past = world.get(id);
        return digests.of(dialogue(past, past.turns()));
    }

    private static Dialogue dialogue(Conversation past, int turns) {
        return new Dialogue(past.key(), true, null, past, turns, List.of());
    }

    private static List<Message> said(int turns) {
        return IntStream.range(0, turns).mapToObj(i -> user("turn " + i)).toList();
    }

    /** Counts turns, and writes down which it was given. */
    private record Counting(int turns, List<Integer> read) implements Digest<Counting> {

        @Override
        public Counting after(Iterable<Turn> more) {
            int count = turns;
            for (Turn turn : more) {
                read.add(turn.number());
                count++;
            }
            return new Counting(count, read);
        }

        @Override
        public int weight() {
            return 1;
        }
    }
}
