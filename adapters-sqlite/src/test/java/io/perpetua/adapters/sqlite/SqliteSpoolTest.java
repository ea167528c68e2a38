package io.perpetua.adapters.sqlite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.spool.Spool;
import io.perpetua.application.spool.Spool.Line;
import io.perpetua.application.spool.Spool.Waiting;
import io.perpetua.application.spool.SpoolContract;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSpoolTest extends SpoolContract {

    private static final Pattern MARK = Pattern.compile("<m(\\d{6})>");
    private static final int[] SIZES = {1, 2, 7, 20, 80, 300, 1000};
    private static final Line LINE = new Line(1, false);

    @TempDir
    Path directory;

    private SqliteSpool spool;

    @BeforeEach
    void open() {
        spool = new SqliteSpool(directory, MOST);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Override
    protected Spool spool() {
        return spool;
    }

    @Test
    void open_filesOfAProcessThatDied_hasWhatWaited(@TempDir Path copy) throws IOException {
        long gone = spool.add(append("a", null), LINE);
        spool.add(append("a", null), LINE);
        spool.add(append("b", null), LINE);
        spool.remove(List.of(gone));
        for (String file : List.of("spool.db", "spool.db-wal")) {
            Files.copy(directory.resolve(file), copy.resolve(file));
        }

        try (var after = new SqliteSpool(copy, MOST)) {
            assertThat(after.oldest(0, 10)).isEqualTo(spool.oldest(0, 10)).hasSize(2);
            assertThat(after.level()).isEqualTo(spool.level());
            assertThat(after.holds(key("a"))).isTrue();
            assertThat(after.add(append("c", null), LINE)).isGreaterThan(gone + 2);
        }
    }

    @Test
    void open_directoryInUse_isRefused() {
        assertThatThrownBy(() -> new SqliteSpool(directory, MOST)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void add_manyAtOnce_areAllThereAndCounted() throws InterruptedException {
        var numbers = new ConcurrentLinkedQueue<Long>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            String id = "c" + i % 3;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 10; n++) {
                    numbers.add(spool.add(append(id, null), LINE));
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(spool.oldest(0, 100))
                .extracting(Waiting::number)
                .hasSize(80)
                .containsExactlyInAnyOrderElementsOf(numbers);
        spool.remove(numbers);
        assertThat(spool.level()).isEqualTo(new Spool.Level(0, 0, MOST));
        assertThat(spool.holds(key("c0"))).isFalse();
    }

    /** The work is mixed and long enough for SQLite to split pages. */
    @Test
    void remove_mixedWork_leavesNoByteOfTheTextInAnyFile() throws IOException {
        var random = new Random(7);
        var alive = new TreeMap<Long, Integer>();
        for (int step = 0; step < 600; step++) {
            if (random.nextInt(5) < 3 && spool.level().bytes() < MOST / 2) {
                alive.put(spool.add(marked(random, step), LINE), step);
            } else if (!alive.isEmpty()) {
                long one = List.copyOf(alive.keySet()).get(random.nextInt(alive.size()));
                var other = spool.oldest(one - 1, 1).getFirst();
                var elsewhere = other.append().alone(key("other".repeat(random.nextInt(1, 40))), "r" + step);
                spool.replace(List.of(new Waiting(one, elsewhere, other.line())));
                if (random.nextBoolean()) {
                    spool.remove(List.of(one));
                    alive.remove(one);
                }
            }
        }
        spool.remove(List.of(alive.firstKey()));
        alive.pollFirstEntry();
        assertThat(alive).isNotEmpty();
        assertThat(marksInTheFiles()).isEqualTo(Set.copyOf(alive.values()));

        spool.remove(alive.keySet());

        assertThat(marksInTheFiles()).isEmpty();
    }

    private static Append marked(Random random, int step) {
        String text = "<m%06d>".formatted(step).repeat(SIZES[random.nextInt(SIZES.length)]);
        var message = new Message(Role.USER, text, null, List.of(), null, List.of(), text);
        var turn = new NewTurn(message, Instant.EPOCH, 1, List.of(new Detected(Kind.GOAL, text, null)));
        return new Append(
                key("c" + step % 7),
                null,
                null,
                0,
                List.of(turn),
                null,
                UUID.randomUUID().toString());
    }

    private Set<Integer> marksInTheFiles() throws IOException {
        var marks = new HashSet<Integer>();
        for (String name : List.of("spool.db", "spool.db-wal", "spool.db-shm")) {
            MARK.matcher(new String(Files.readAllBytes(directory.resolve(name)), ISO_8859_1))
                    .results()
                    .forEach(found -> marks.add(Integer.valueOf(found.group(1))));
        }
        return marks;
    }
}
