package io.perpetua.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients, each on a virtual thread, that talk to a server. Safe for concurrent use. */
final class Talks {

    private static final int WORDS = 60;

    private final Site site;
    private final Client client;
    private final long seed;
    private final AtomicInteger prompts = new AtomicInteger();
    private final Queue<Said> said = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    Talks(Site site, long seed) {
        this.site = site;
        this.client = site.client();
        this.seed = seed;
    }

    /** The answers so far. */
    int answers() {
        return answers.get();
    }

    /** The requests in progress, waiting ones included. */
    int requests() {
        return requests.get();
    }

    /** What was said since this was asked last. */
    List<Said> take() {
        var all = new ArrayList<Said>();
        for (Said each = said.poll(); each != null; each = said.poll()) {
            all.add(each);
        }
        return all;
    }

    /** Conversations that go on for so long, each with its next message some time after the answer to the last. */
    void converse(Scale scale, Tempo tempo) {
        var crowd = new Crowd(scale.conversations());
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < scale.conversations(); i++) {
                int number = i;
                threads.execute(() -> converse(number, crowd.user(number), start, scale, tempo));
            }
        }
    }

    private void converse(int number, String user, long start, Scale scale, Tempo tempo) {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        long pause = random.nextLong(tempo.think().toNanos() + 1);
        while (System.nanoTime() + pause - start < scale.duration().toNanos()) {
            LockSupport.parkNanos(pause);
            say("c" + number, user, Priority.any(random));
            pause = tempo.pause(System.nanoTime() - start, random);
        }
    }

    /** So many requests of as many users, each in a conversation of its own, spread evenly over {@code nanos}. */
    void rush(int count, long nanos) {
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                String who = "rush" + i;
                var priority = Priority.any(new SplittableRandom(seed + i));
                LockSupport.parkNanos(start + i * (nanos / count) - System.nanoTime());
                threads.execute(() -> say(who, who, priority));
            }
        }
    }

    private void say(String conversation, String user, Priority priority) {
        var request = new Request(site.model(), user, conversation, prompts.getAndIncrement(), WORDS)
                .in(conversation).stream(true).priority(priority);
        requests.incrementAndGet();
        var reply = client.send(request);
        requests.decrementAndGet();
        if (reply.answered()) {
            answers.incrementAndGet();
        }
        said.add(new Said(priority, reply));
    }
}
