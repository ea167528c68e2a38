package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.application.journal.RollUps;
import io.perpetua.domain.journal.Week;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Roll-ups in Redis: one hash, a field a week. */
@Singleton
@Shared
final class RedisRollUps implements RollUps {

    private final Link link;
    private final byte[] key;

    @Inject
    RedisRollUps(Link link) {
        this(link, "rollups");
    }

    /** Roll-ups under a name of their own. */
    RedisRollUps(Link link, String name) {
        this.link = link;
        key = Names.bytes("perpetua:" + name);
    }

    @Override
    public boolean keep(Week week, String json) {
        return link.ask(commands -> commands.hsetnx(key, Names.bytes(week.name()), json.getBytes(UTF_8)));
    }

    @Override
    public @Nullable String find(Week week) {
        return link.ask(commands -> commands.hmget(key, Names.bytes(week.name()))).stream()
                .filter(each -> each.hasValue())
                .map(each -> Commit.text(each.getValue()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Kept> latest(int limit) {
        var weeks = link.ask(commands -> commands.hkeys(key)).stream()
                .map(Commit::text)
                .sorted(Comparator.reverseOrder())
                .limit(limit)
                .toList();
        if (weeks.isEmpty()) {
            return List.of();
        }
        byte[][] fields = weeks.stream().map(Names::bytes).toArray(byte[][]::new);
        return link.ask(commands -> commands.hmget(key, fields)).stream()
                .map(each -> new Kept(
                        Objects.requireNonNull(Week.named(Commit.text(each.getKey()))), Commit.text(each.getValue())))
                .toList();
    }
}
