package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.perpetua.application.StoreUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which instances live: each has a key that it renews, and that goes by itself. Safe for concurrent use. */
@Singleton
@Shared
final class Instances implements AutoCloseable {

    private static final Duration LIFE = Duration.ofSeconds(15);
    private static final byte[] HERE = "1".getBytes(US_ASCII);

    private final Link link;
    private final Duration life;
    private final String id = Head.newIncarnation();

    @Inject
    Instances(Link link) {
        this(link, LIFE);
    }

    /**
     * An instance that does not live yet.
     *
     * @param life how long it lives after a beat
     */
    Instances(Link link, Duration life) {
        this.link = link;
        this.life = life;
    }

    /** {@value Claim#OWNER} characters that no other instance has. */
    String id() {
        return id;
    }

    /** This instance goes on living. */
    void beat() {
        link.ask(commands -> commands.psetex(key(id), life.toMillis(), HERE));
    }

    /** Those of {@code ids} that do not live. */
    Set<String> dead(Collection<String> ids) {
        var asked = List.copyOf(ids);
        var alive = link.askAllPatiently(asked.stream()
                .<Link.Question<Long>>map(each -> commands -> commands.exists(key(each)))
                .toList());
        var dead = new HashSet<String>();
        for (int i = 0; i < asked.size(); i++) {
            if (alive.get(i) == 0) {
                dead.add(asked.get(i));
            }
        }
        return dead;
    }

    /** This instance lives no more: what is its is there to be taken over. */
    @Override
    @PreDestroy
    public void close() {
        try {
            link.ask(commands -> commands.del(key(id)));
        } catch (StoreUnavailable e) {
            // It goes by itself.
        }
    }

    private static byte[] key(String id) {
        return Commit.ascii("perpetua:instance:" + id);
    }
}
