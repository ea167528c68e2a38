package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.mode.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Measures how much memory of a server of its own the record takes up, written as the adapters write it. */
public final class RecordMemory {

    private static final int BATCH = 1_000;
    private static final int WRITERS = 16;
    private static final int WORDS = 60;
    private static final List<Mode> MODES = List.of(Mode.FULL, Mode.BALANCED, Mode.SAFE);
    private static final Scope SCOPE = new Scope("local", "default");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private RecordMemory() {}

    /**
     * What a number of conversations takes up.
     *
     * @param conversations how many
     * @param turns how many all of them have together
     * @param text bytes of what is said, in UTF-8
     * @param used the server's used_memory, less what it uses when it is empty
     * @param kinds the server's estimate of what the keys of each kind take up, in bytes
     */
    public record Figures(long conversations, long turns, long text, long used, Map<String, Long> kinds) {

        public double perConversation() {
            return (double) used / conversations;
        }
    }

    /** The ledger's entries alone, of {@code conversations} conversations of some hundred turns each. */
    public static Figures ledger(int conversations) {
        try (var server = RedisProcess.start("--appendonly", "no");
                var link = new Link(server.url(), Duration.ofSeconds(60))) {
            var random = new Random(1);
            long before = used(link);
            for (int from = 0; from < conversations; from += BATCH) {
                link.askAll(IntStream.range(0, Math.min(BATCH, conversations - from))
                        .<Link.Question<Boolean>>mapToObj(i -> {
                            var id = new UUID(random.nextLong(), random.nextLong()).toString();
                            var place = Place.own(new ConversationKey(SCOPE, id));
                            int turns = 1 + random.nextInt(400);
                            var entry = new LedgerEntry(
                                    turns,
                                    turns * (100L + random.nextInt(400)),
                                    MODES.get(random.nextInt(MODES.size())),
                                    LedgerEntry.hour(NOW) - random.nextInt(720));
                            return commands -> commands.hset(place.ledger(), place.field(), entry.packed());
                        })
                        .toList());
            }
            return new Figures(conversations, 0, 0, used(link) - before, Map.of());
        }
    }

    /** Whole conversations of {@code turns} turns each, written two turns at a time and indexed. */
    public static Figures conversations(int conversations, int turns) {
        var text = new AtomicLong();
        try (var server = RedisProcess.start("--appendonly", "no");
                var record = new RecordOverRedis(server.url(), Duration.ofMinutes(30), InstantSource.system())) {
            long before = used(record.link);
            try (var writers = Executors.newFixedThreadPool(WRITERS)) {
                for (int i = 0; i < conversations; i++) {
                    int seed = i;
                    writers.execute(() -> text.addAndGet(write(record, seed, turns)));
                }
            }
            while (record.outbox.depth() > 0) {
                record.entries.doubt();
                record.outbox.pending(0, 1);
                record.outbox.forget(Long.MAX_VALUE);
            }
            return new Figures(
                    conversations,
                    (long) conversations * turns,
                    text.get(),
                    used(record.link) - before,
                    kinds(record.link));
        }
    }

    private static long write(RecordOverRedis record, int seed, int turns) {
        var random = new Random(seed);
        var key = new ConversationKey(SCOPE, new UUID(random.nextLong(), random.nextLong()).toString());
        long text = 0;
        for (int turn = 0; turn < turns; turn += 2) {
            var said = new ArrayList<NewTurn>();
            for (Role role : List.of(Role.USER, Role.ASSISTANT)) {
                String words = words(random);
                text += words.getBytes(UTF_8).length;
                String wire = "{\"role\":\"" + role.wire() + "\",\"content\":\"" + words + "\"}";
                var message = new Message(role, words, null, List.of(), null, List.of(), wire);
                said.add(new NewTurn(message, NOW, WORDS, List.of()));
            }
            record.conversations.append(
                    new Append(key, null, null, turn, said, null, new UUID(random.nextLong(), turn).toString()));
        }
        return text;
    }

    private static String words(Random random) {
        var words = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            words.append(i == 0 ? "" : " ").append(Integer.toString(random.nextInt(60_000_000) + 1_000_000, 36));
        }
        return words.toString();
    }

    private static long used(Link link) {
        return link.<String>ask(commands -> commands.info("memory"))
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length())))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Long> kinds(Link link) {
        var kinds = new TreeMap<String, Long>();
        KeyScanCursor<byte[]> cursor = link.ask(commands -> commands.scan(ScanArgs.Builder.limit(BATCH)));
        while (true) {
            var keys = cursor.getKeys();
            var sizes = link.askAll(keys.stream()
                    .<Link.Question<Long>>map(key -> commands -> commands.memoryUsage(key))
                    .toList());
            for (int i = 0; i < keys.size(); i++) {
                kinds.merge(kind(Commit.text(keys.get(i))), sizes.get(i), Long::sum);
            }
            if (cursor.isFinished()) {
                return kinds;
            }
            var last = cursor;
            cursor = link.ask(commands -> commands.scan(last, ScanArgs.Builder.limit(BATCH)));
        }
    }

    /** What the keys of a kind begin with after their partition. */
    private static String kind(String key) {
        String[] parts = key.split(":", 4);
        return parts[1].startsWith("{t") ? parts[2] : parts[1];
    }
}
