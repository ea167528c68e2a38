package io.perpetua.adapters.redis;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.adapters.redis.Hints.Spot;
import io.perpetua.application.conversation.Conversations.Recognised;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Fingerprint;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the conversation that holds the most of a history: hints say where, and the partitions whether. Safe for concurrent use. */
@Singleton
@Shared
final class Recognition {

    /** How many fingerprints are looked for at first: the longest histories are the likeliest. */
    private static final int FIRST = 32;

    private static final Script HOLDER = Script.load("holder.lua");

    private final Link link;
    private final Hints hints;

    Recognition(Link link, Hints hints) {
        this.link = link;
        this.hints = hints;
    }

    /** As {@link io.perpetua.application.conversation.Conversations#recognise} has it. */
    @Nullable
    Recognised recognise(List<Fingerprint> histories, int atLeast) {
        int least = Math.max(0, atLeast - 1);
        if (least >= histories.size()) {
            return null;
        }
        int middle = Math.max(least, histories.size() - FIRST);
        var found = longest(histories, middle, histories.size());
        return found != null || middle == least ? found : longest(histories, least, middle);
    }

    private @Nullable Recognised longest(List<Fingerprint> histories, int from, int to) {
        var spots = hints.of(histories.subList(from, to));
        for (int i = spots.size() - 1; i >= 0; i--) {
            int messages = from + i + 1;
            var holder = holder(histories.get(messages - 1), messages, spots.get(i));
            if (holder != null) {
                return new Recognised(holder, messages);
            }
        }
        return null;
    }

    private record Holder(Conversation conversation, double grown) {}

    /** Of the conversations that hold a turn one that ends there, else the one that grew last. */
    private @Nullable Conversation holder(Fingerprint fingerprint, int number, List<Spot> spots) {
        var there = spots.stream().filter(spot -> spot.number() == number).toList();
        var answers = link.askAll(there.stream()
                .<Link.Question<List<Object>>>map(spot -> commands -> Link.run(
                        commands,
                        HOLDER,
                        ScriptOutputType.MULTI,
                        new byte[][] {Commit.ascii(Place.prefix(spot.partition()) + "t:" + spot.branch())},
                        fingerprint.bytes(),
                        Commit.ascii(spot.at()),
                        Commit.ascii(number),
                        Commit.ascii(spot.branch()),
                        Commit.ascii(Place.prefix(spot.partition()))))
                .toList());
        return answers.stream()
                .map(Recognition::holder)
                .filter(Objects::nonNull)
                .max(Comparator.comparing((Holder holder) -> holder.conversation.turns() == number)
                        .thenComparingDouble(Holder::grown))
                .map(Holder::conversation)
                .orElse(null);
    }

    private static @Nullable Holder holder(List<Object> answer) {
        if (answer.isEmpty()) {
            return null;
        }
        var conversation = Head.of(Reading.bytes(answer, 0))
                .conversation(
                        LedgerEntry.of(Reading.bytes(answer, 1)),
                        StoredTurn.header(Reading.bytes(answer, 2)).at());
        return new Holder(conversation, Double.parseDouble(Commit.text(Reading.bytes(answer, 3))));
    }
}
