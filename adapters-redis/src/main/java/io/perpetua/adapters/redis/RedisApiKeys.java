package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.domain.access.ApiKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys in Redis, without their secrets: all in one slot, since instances remember those they know. */
@Singleton
@Shared
final class RedisApiKeys implements ApiKeys {

    private static final byte[] KEYS = Names.bytes("perpetua:{keys}:by-id");
    private static final byte[] REVOKED = Names.bytes("perpetua:{keys}:revoked");
    private static final Script ADD = Script.load("add-key.lua");
    private static final Script REVOKE = Script.load("revoke.lua");
    private static final Comparator<Numbered> OLDEST_FIRST = Comparator.<Numbered, Instant>comparing(
                    each -> each.key.createdAt())
            .thenComparingInt(Numbered::number);

    private final Link link;

    RedisApiKeys(Link link) {
        this.link = link;
    }

    /** A key, and the how-manyth it is. */
    private record Numbered(int number, ApiKey key) {}

    @Override
    public void add(ApiKey key) {
        if (!run(ADD, new byte[][] {KEYS}, key.id(), KeyRecord.write(key))) {
            throw new IllegalArgumentException("there is a key " + key.id());
        }
    }

    @Override
    public @Nullable ApiKey find(String id) {
        byte[] field = Names.bytes(id);
        var found = link.askAll(List.<Link.Question<Optional<byte[]>>>of(
                commands -> commands.hget(KEYS, field).thenApply(Optional::ofNullable),
                commands -> commands.hget(REVOKED, field).thenApply(Optional::ofNullable)));
        return found.getFirst()
                .map(key -> numbered(id, key, found.getLast().orElse(null)).key)
                .orElse(null);
    }

    @Override
    public List<ApiKey> list() {
        var all = link.askAll(List.<Link.Question<Map<byte[], byte[]>>>of(
                commands -> commands.hgetall(KEYS), commands -> commands.hgetall(REVOKED)));
        var revoked = new HashMap<String, byte[]>();
        all.getLast().forEach((id, at) -> revoked.put(new String(id, UTF_8), at));
        var keys = new ArrayList<Numbered>();
        all.getFirst().forEach((id, key) -> {
            String name = new String(id, UTF_8);
            keys.add(numbered(name, key, revoked.get(name)));
        });
        return keys.stream().sorted(OLDEST_FIRST).map(Numbered::key).toList();
    }

    @Override
    public boolean revoke(String id, Instant now) {
        return run(REVOKE, new byte[][] {KEYS, REVOKED}, id, Long.toString(Micros.of(now)));
    }

    private boolean run(Script script, byte[][] keys, String id, String value) {
        long done = link.<Long>ask(commands ->
                Link.run(commands, script, ScriptOutputType.INTEGER, keys, Names.bytes(id), Names.bytes(value)));
        return done == 1;
    }

    private static Numbered numbered(String id, byte[] kept, byte @Nullable [] revoked) {
        String text = new String(kept, UTF_8);
        int space = text.indexOf(' ');
        var revokedAt = revoked == null ? null : Micros.instant(Long.parseLong(new String(revoked, UTF_8)));
        return new Numbered(
                Integer.parseInt(text, 0, space, 10), KeyRecord.read(id, text.substring(space + 1), revokedAt));
    }
}
