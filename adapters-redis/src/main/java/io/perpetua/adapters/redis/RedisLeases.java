package io.perpetua.adapters.redis;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.lease.Leases;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Leases in Redis, which ends them by its own clock: keys that hold their holder's name and expire. */
@Singleton
@Shared
final class RedisLeases implements Leases {

    private static final Script TAKE = Script.load("take-lease.lua");
    private static final Script RENEW = Script.load("renew-lease.lua");
    private static final Script RELEASE = Script.load("drop.lua");

    private final Link link;

    RedisLeases(Link link) {
        this.link = link;
    }

    @Override
    public boolean take(String what, String holder, Duration length) {
        return link.<Long>ask(about(TAKE, what, Names.bytes(holder), Names.bytes(length.toMillis()))) == 1;
    }

    @Override
    public Set<String> renew(Set<String> whats, String holder, Duration length) {
        var all = List.copyOf(whats);
        var renewed = link.askAll(all.stream()
                .map(what -> about(RENEW, what, Names.bytes(holder), Names.bytes(length.toMillis())))
                .toList());
        var lost = new HashSet<String>();
        IntStream.range(0, all.size()).filter(i -> renewed.get(i) == 0).forEach(i -> lost.add(all.get(i)));
        return lost;
    }

    @Override
    public void release(String what, String holder) {
        link.tell(about(RELEASE, what, Names.bytes(holder)));
    }

    private static Link.Question<Long> about(Script script, String what, byte[]... arguments) {
        byte[][] keys = {Names.bytes("perpetua:lease:" + Names.digest(what))};
        return commands -> Link.run(commands, script, ScriptOutputType.INTEGER, keys, arguments);
    }
}
