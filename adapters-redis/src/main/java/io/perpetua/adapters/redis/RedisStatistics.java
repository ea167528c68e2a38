package io.perpetua.adapters.redis;

import io.perpetua.application.conversation.Statistics;
import io.perpetua.domain.mode.Mode;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** How much the record holds, in Redis: what every partition has counted, in one round trip. */
@Singleton
@Shared
final class RedisStatistics implements Statistics {

    private final Link link;

    RedisStatistics(Link link) {
        this.link = link;
    }

    @Override
    public Totals totals() {
        var sums = new HashMap<String, Long>();
        link.askAllPatiently(IntStream.range(0, Place.PARTITIONS)
                        .<Link.Question<Map<byte[], byte[]>>>mapToObj(
                                partition -> commands -> commands.hgetall(Counts.of(partition)))
                        .toList())
                .forEach(partition -> partition.forEach(
                        (what, sum) -> sums.merge(Commit.text(what), Long.parseLong(Commit.text(sum)), Long::sum)));
        var modes = new EnumMap<Mode, Long>(Mode.class);
        for (Mode mode : Mode.values()) {
            long in = sums.getOrDefault(Counts.of(mode), 0L);
            if (in > 0) {
                modes.put(mode, in);
            }
        }
        return new Totals(
                sums.getOrDefault(Counts.CONVERSATIONS, 0L),
                sums.getOrDefault(Counts.TURNS, 0L),
                sums.getOrDefault(Counts.TOKENS, 0L),
                modes);
    }
}
