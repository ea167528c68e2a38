package io.perpetua.adapters.sqlite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.cache.CacheKey;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Stores;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks for erased text in the files' raw bytes. Every text consists of its conversation's mark and nothing else. The
 * work is mixed and long enough for SQLite to split and join pages: with deleted rows, or updated longer ones, it fails.
 */
class ErasedTextTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pattern MARK = Pattern.compile("<m(\\d{6})>");
    private static final int[] SIZES = {1, 2, 7, 20, 80, 300, 1000};

    @TempDir
    Path directory;

    private final List<Integer> alive = new ArrayList<>();
    private final Map<Integer, Integer> briefs = new HashMap<>();
    private int made;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void erase_mixedWork_leavesNoByteOfTheTextInAnyFile(long seed) throws IOException {
        var random = new Random(seed);
        try (var database = new Database(directory)) {
            var stores = SqliteRecordTest.stores(database);
            for (int step = 0; step < 1500; step++) {
                work(stores, random, random.nextInt(100));
            }
            for (int one : alive.subList(0, alive.size() / 2)) {
                stores.conversations().erase(key(one));
            }
            alive.subList(0, alive.size() / 2).clear();

            assertThat(alive).isNotEmpty();
            assertThat(marksInTheFiles()).isEqualTo(Set.copyOf(alive));
        }
    }

    private void work(Stores stores, Random random, int dice) {
        if (dice < 15 || alive.isEmpty()) {
            alive.add(++made);
            append(stores, random, made, null);
        } else if (dice < 20) {
            // One that takes no text along, which its source's erasure would have to leave.
            var from = new Fork(key(any(random)), 0);
            alive.add(++made);
            append(stores, random, made, from);
        } else if (dice < 70) {
            append(stores, random, any(random), null);
        } else if (dice < 80) {
            stores.anchors().remove(key(any(random)), "t" + (1 + 2 * random.nextInt(9)) + "-1");
        } else if (dice < 85) {
            int one = any(random);
            var answer = new CachedAnswer(text(random, one), "provider", "model");
            var request = new CacheKey("request " + random.nextInt(30));
            stores.answers().keep(request, answer, key(one), NOON, new CacheLimits(Duration.ofHours(1), 10, 40_000));
        } else if (dice < 92) {
            int one = any(random);
            int covers = briefs.getOrDefault(one, 0);
            if (stores.briefs().replace(key(one), covers, new Brief(text(random, one), covers + 1, 1))) {
                briefs.put(one, covers + 1);
            }
        } else {
            int one = any(random);
            alive.remove(Integer.valueOf(one));
            stores.conversations().erase(key(one));
        }
    }

    private static void append(Stores stores, Random random, int one, @Nullable Fork from) {
        String text = text(random, one);
        var calls = random.nextBoolean() ? List.of(new ToolCall("1", "f", text)) : List.<ToolCall>of();
        var message = new Message(Role.ASSISTANT, text, mark(one), calls, mark(one), List.of(), text);
        var anchors = List.of(new Detected(Kind.IDENTITY, text(random, one), random.nextBoolean() ? text : null));
        var turns = List.of(new NewTurn(message, NOON, 1, anchors), new NewTurn(message, NOON, 1, List.of()));
        stores.conversations()
                .append(new Append(
                        key(one),
                        null,
                        from,
                        Append.WHATEVER,
                        turns,
                        null,
                        UUID.randomUUID().toString()));
    }

    private Set<Integer> marksInTheFiles() throws IOException {
        Set<Integer> marks = new HashSet<>();
        for (String name : List.of("perpetua.db", "perpetua.db-wal", "perpetua.db-shm")) {
            MARK.matcher(new String(Files.readAllBytes(directory.resolve(name)), ISO_8859_1))
                    .results()
                    .forEach(found -> marks.add(Integer.valueOf(found.group(1))));
        }
        return marks;
    }

    private int any(Random random) {
        return alive.get(random.nextInt(alive.size()));
    }

    private static ConversationKey key(int one) {
        return new ConversationKey(new Scope("local", "default"), "conversation " + one);
    }

    private static String mark(int one) {
        return "<m%06d>".formatted(one);
    }

    private static String text(Random random, int one) {
        return mark(one).repeat(SIZES[random.nextInt(SIZES.length)]);
    }
}
