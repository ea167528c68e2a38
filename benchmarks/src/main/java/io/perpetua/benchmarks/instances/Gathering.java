package io.perpetua.benchmarks.instances;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Conversations that go on at once, each message to a server that chance has it. One in ten has three writers who do not
 * wait for each other. Safe for concurrent use.
 */
final class Gathering {

    private static final int CROWDED = 10;
    private static final int WRITERS = 3;
    private static final List<String> WORDS = List.of(
            "harbour", "lantern", "meadow", "winter", "ledger", "bridge", "copper", "orchard", "signal", "compass");

    private final Fleet fleet;
    private final Talker talker;
    private final long seed;
    private final Map<String, Queue<Answered>> said = new ConcurrentHashMap<>();

    Gathering(Fleet fleet, Talker talker, long seed) {
        this.fleet = fleet;
        this.talker = talker;
        this.seed = seed;
    }

    /**
     * Has all of them talk to their end.
     *
     * @param conversations how many
     * @param messages how many each has
     * @param pause between one answer and the next message of a writer, at most
     */
    void talk(int conversations, int messages, Duration pause) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < conversations; i++) {
                int writers = i % CROWDED == 0 ? WRITERS : 1;
                for (int writer = 0; writer < writers; writer++) {
                    int share = (messages + writers - 1 - writer) / writers;
                    String conversation = "c" + i;
                    int who = writer;
                    threads.execute(() -> talk(conversation, who, share, pause));
                }
            }
        }
    }

    private void talk(String conversation, int writer, int messages, Duration pause) {
        var random = new SplittableRandom(seed + conversation.hashCode() * 31L + writer);
        for (int i = 0; i < messages; i++) {
            LockSupport.parkNanos(random.nextLong(pause.toNanos() + 1));
            var words = new ArrayList<String>();
            random.ints(30, 0, WORDS.size()).forEach(word -> words.add(WORDS.get(word)));
            try {
                var answered = talker.say(fleet.any(random), new Tag(conversation, writer, i), String.join(" ", words));
                said.computeIfAbsent(conversation, name -> new ConcurrentLinkedQueue<>())
                        .add(answered);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What was said, by conversation. */
    Map<String, List<Answered>> said() {
        var all = new LinkedHashMap<String, List<Answered>>();
        said.forEach((conversation, each) -> all.put(conversation, List.copyOf(each)));
        return all;
    }

    List<Answered> all() {
        return said.values().stream().flatMap(Queue::stream).toList();
    }
}
