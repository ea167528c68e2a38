package io.perpetua.adapters.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.commands.AuditLog.Ended;
import io.perpetua.application.commands.AuditLog.Entry;
import io.perpetua.application.commands.AuditLog.Said;
import io.perpetua.application.commands.AuditLog.Who;
import io.perpetua.application.commands.CommandsUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileAuditLogTest {

    private static final Who ADA = new Who("key-1", "acme", "ada");
    private static final ConversationKey TRIP = new ConversationKey(new Scope("acme", "default"), "trip");

    private static Entry asked(String id, @Nullable ConversationKey conversation) {
        var said = new Said("ls -la '" + id + "'", ".", List.of(List.of("ls", "-la", id)), "safe", true, "it reads");
        return new Entry(Instant.EPOCH, id, ADA, conversation, said, null);
    }

    private static Entry ended(String id) {
        return new Entry(Instant.EPOCH, id, ADA, null, null, new Ended(0, "finished", Duration.ofMillis(12), 3, 0));
    }

    private static FileAuditLog opened(Path data) {
        return new FileAuditLog(data, 4_096, InstantSource.fixed(Instant.EPOCH));
    }

    private static void fill(Path data, int commands) {
        try (var log = opened(data)) {
            for (int i = 0; i < commands; i++) {
                log.append(asked("id-" + i, null));
                log.append(ended("id-" + i));
            }
        }
    }

    private static @Nullable String fault(Path data) {
        try {
            return AuditCheck.of(data, null).fault();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path log(Path data) {
        return AuditFiles.in(data).log();
    }

    private static List<String> lines(Path data) throws IOException {
        return new ArrayList<>(Files.readAllLines(log(data)));
    }

    private static void write(Path data, List<String> lines) throws IOException {
        Files.writeString(log(data), String.join("\n", lines) + "\n");
    }

    @Test
    void records_goOnFromOneAnother_alsoAfterARestart(@TempDir Path data) throws IOException {
        fill(data, 3);
        fill(data, 2);
        var report = AuditCheck.of(data, null);
        assertThat(report.fault()).isNull();
        assertThat(report.records()).isEqualTo(10);
        assertThat(lines(data).getFirst())
                .contains("\"command\":\"ls -la 'id-0'\"")
                .contains("\"key\":\"key-1\"");
        assertThat(lines(data).get(1)).contains("\"exit_code\":0").contains("\"duration_ms\":12");
        assertThat(AuditCheck.of(data, report.digest()).fault()).isNull();
        assertThat(AuditCheck.of(data, "0".repeat(64)).fault()).contains("no record");
    }

    @Test
    void nothing_isNoAccount(@TempDir Path data) throws IOException {
        assertThat(fault(data)).isNull();
        assertThat(AuditCheck.of(data, null).there()).isFalse();
        try (var log = opened(data)) {
            log.state();
        }
        assertThat(fault(data)).isNull();
        assertThat(AuditCheck.of(data, null).there()).isTrue();
    }

    /** The head is there before the first record is: that they began without one is no excuse. */
    @Test
    void head_thatIsMissing_isFound_alsoBesideOneRecord(@TempDir Path data) throws IOException {
        fill(data, 2);
        write(data, lines(data).subList(0, 1));
        Files.delete(AuditFiles.in(data).head());
        assertThat(fault(data)).contains("head is missing");
        try (var log = opened(data)) {
            assertThatThrownBy(log::state).hasMessageContaining("head is missing");
        }
        Files.delete(log(data));
        assertThat(fault(data)).isNull();
        fill(data, 1);
        assertThat(AuditCheck.of(data, null).records()).isEqualTo(2);
    }

    /** What comes while the account is looked over is no fault of it. */
    @Test
    void account_thatIsAddedTo_isSound(@TempDir Path data) throws Exception {
        fill(data, 10);
        var stop = new AtomicBoolean();
        var writer = Thread.ofPlatform().start(() -> {
            try (var log = opened(data)) {
                for (int i = 0; !stop.get(); i++) {
                    log.append(asked("more-" + i, i % 2 == 0 ? TRIP : null));
                }
            }
        });
        try {
            for (int i = 0; i < 50; i++) {
                assertThat(fault(data)).isNull();
            }
        } finally {
            stop.set(true);
            writer.join();
        }
    }

    /** Every single byte counts: each is changed in turn, in a few hundred places from a seed. */
    @Test
    void anyByte_thatIsChanged_isFound(@TempDir Path data) throws IOException {
        fill(data, 3);
        byte[] good = Files.readAllBytes(log(data));
        var random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(7));
            Files.write(log(data), bad);
            assertThat(fault(data)).isNotNull();
        }
        Files.write(log(data), good);
        assertThat(fault(data)).isNull();
    }

    @Test
    void record_thatIsMissingMovedOrPutIn_isFound(@TempDir Path data) throws IOException {
        fill(data, 4);
        var good = lines(data);
        for (int i = 0; i < good.size(); i++) {
            var without = new ArrayList<>(good);
            without.remove(i);
            write(data, without);
            assertThat(fault(data)).as("without %d", i).isNotNull();
            var twice = new ArrayList<>(good);
            twice.add(i, good.get(i));
            write(data, twice);
            assertThat(fault(data)).as("twice %d", i).isNotNull();
        }
        var swapped = new ArrayList<>(good);
        swapped.set(2, good.get(3));
        swapped.set(3, good.get(2));
        write(data, swapped);
        assertThat(fault(data)).isNotNull();
    }

    @Test
    void end_thatIsCutOff_isFound(@TempDir Path data) throws IOException {
        fill(data, 4);
        var good = lines(data);
        for (int left = 0; left < good.size(); left++) {
            write(data, good.subList(0, left));
            assertThat(fault(data)).as("%d left", left).isNotNull();
        }
        Files.delete(log(data));
        assertThat(fault(data)).contains("missing");
        write(data, good);
        assertThat(fault(data)).isNull();
        Files.delete(AuditFiles.in(data).head());
        assertThat(fault(data)).contains("head");
    }

    /** Nothing is added to an account that somebody has been at. */
    @Test
    void account_thatWasChanged_isNotGoneOnWith(@TempDir Path data) throws IOException {
        fill(data, 2);
        write(data, lines(data).subList(0, 2));
        try (var log = opened(data)) {
            assertThatThrownBy(() -> log.append(asked("x", null))).isInstanceOf(CommandsUnavailable.class);
        }
        assertThat(lines(data)).hasSize(2);
    }

    @Test
    void halfARecord_ofAProcessThatDied_isCutOffAndTold(@TempDir Path data) throws IOException {
        fill(data, 2);
        Files.writeString(log(data), Files.readString(log(data)) + "0123456789abcdef {\"n\":5,");
        var report = AuditCheck.of(data, null);
        assertThat(report.fault()).isNull();
        assertThat(report.tornBytes()).isPositive();
        fill(data, 1);
        assertThat(fault(data)).isNull();
        assertThat(lines(data)).hasSize(7);
        assertThat(lines(data).get(4)).contains("recovered");
    }

    @Test
    void twoProcesses_doNotShareAnAccount(@TempDir Path data) {
        try (var first = opened(data);
                var second = opened(data)) {
            first.append(asked("a", null));
            assertThatThrownBy(() -> second.append(asked("b", null))).isInstanceOf(CommandsUnavailable.class);
        }
    }

    @Test
    void whatWasSaidInAConversation_goesWithIt(@TempDir Path data) throws IOException {
        try (var log = opened(data)) {
            log.append(asked("secret-name", TRIP));
            log.append(ended("secret-name"));
            log.append(asked("another", null));
            assertThat(Files.readString(log(data)))
                    .doesNotContain("ls -la 'secret-name'")
                    .doesNotContain("trip");
            assertThat(Files.readString(AuditFiles.in(data).said(TRIP))).contains("ls -la 'secret-name'");
            assertThat(AuditCheck.of(data, null).erased()).isZero();
            log.forget(TRIP);
        }
        assertThat(Files.exists(AuditFiles.in(data).said(TRIP))).isFalse();
        var report = AuditCheck.of(data, null);
        assertThat(report.fault()).isNull();
        assertThat(report.erased()).isOne();
        assertThat(report.late()).isZero();
    }

    @Test
    void whatWasSaidInAConversation_whenChanged_isFound(@TempDir Path data) throws IOException {
        try (var log = opened(data)) {
            log.append(asked("name", TRIP));
        }
        Path said = AuditFiles.in(data).said(TRIP);
        Files.writeString(said, Files.readString(said).replace("ls -la", "rm -rf"));
        assertThat(fault(data)).contains("changed");
    }

    @Test
    void whatWasSaidInAConversation_whenGoneWithoutARecord_isFound(@TempDir Path data) throws IOException {
        try (var log = opened(data)) {
            log.append(asked("first", TRIP));
            log.forget(TRIP);
            log.append(asked("second", TRIP));
            log.append(asked("third", TRIP));
        }
        assertThat(fault(data)).isNull();
        Path said = AuditFiles.in(data).said(TRIP);
        String words = Files.readString(said);
        Files.writeString(said, words.replaceFirst("(?m)^.*second.*$", ""));
        assertThat(fault(data)).contains("record 3 is missing");
        Files.delete(said);
        assertThat(fault(data)).contains("record 3 is missing");
        Files.writeString(said, words);
        assertThat(fault(data)).isNull();
    }

    /** The words are erased also where no record of it can be made, which is made up for. */
    @Test
    void words_areErased_whateverBecomesOfTheAccount(@TempDir Path data) throws IOException {
        try (var log = opened(data)) {
            log.append(asked("secret-name", TRIP));
        }
        var good = lines(data);
        Files.writeString(log(data), "nothing\n");
        try (var log = opened(data)) {
            log.forget(TRIP);
        }
        assertThat(Files.exists(AuditFiles.in(data).said(TRIP))).isFalse();
        write(data, good);
        assertThat(AuditCheck.of(data, null).fault()).isNull();
        assertThat(AuditCheck.of(data, null).erased()).isOne();
        assertThat(AuditCheck.of(data, null).late()).isOne();
        fill(data, 1);
        assertThat(AuditCheck.of(data, null).late()).isOne();
        assertThat(lines(data).get(1)).contains("\"event\":\"erased\"").contains("\"late\":true");
        assertThat(AuditFiles.in(data).marked()).isEmpty();
        assertThat(fault(data)).isNull();
    }

    @Test
    void words_ofAnotherConversation_makeNoRecord(@TempDir Path data) {
        try (var log = opened(data)) {
            log.forget(TRIP);
        }
        assertThat(Files.exists(AuditFiles.in(data).folder())).isFalse();
    }

    /** The chain goes on from file to file; each of them counts, and none is read whole to go on. */
    @Test
    void account_goesOnInAnotherFile_whenOneIsFull(@TempDir Path data) throws IOException {
        fill(data, 20);
        fill(data, 20);
        var files = AuditFiles.in(data).chain();
        assertThat(files).hasSizeGreaterThan(3);
        assertThat(AuditCheck.of(data, null).records()).isEqualTo(80);
        Path first = files.getFirst();
        byte[] good = Files.readAllBytes(first);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(first, bad);
        assertThat(fault(data)).contains("has been changed").contains(String.valueOf(first.getFileName()));
        fill(data, 1);
        Files.delete(first);
        assertThat(fault(data)).contains("records are missing");
        Files.write(first, good);
        assertThat(fault(data)).isNull();
    }

    /** A process that died between closing a file and opening the next. */
    @Test
    void account_goesOn_whereTheNextFileIsNotThereYet(@TempDir Path data) throws IOException {
        fill(data, 2);
        Files.move(log(data), AuditFiles.in(data).full(4));
        assertThat(fault(data)).isNull();
        fill(data, 1);
        assertThat(AuditCheck.of(data, null).records()).isEqualTo(6);
        Files.delete(AuditFiles.in(data).full(4));
        assertThat(fault(data)).isNotNull();
    }

    @Test
    void account_thatCannotBeGoneOnWith_isPutAside(@TempDir Path data) throws IOException {
        fill(data, 2);
        write(data, lines(data).subList(0, 2));
        try (var log = opened(data)) {
            assertThatThrownBy(log::state).hasMessageContaining("the last 2 records are missing");
            Path kept = Path.of(log.restart("the last 2 records are missing"));
            log.append(asked("x", null));
            assertThat(log.state()).isEqualTo("2 records in 1 files");
            assertThat(Files.readAllLines(kept.resolve("commands.log"))).hasSize(2);
        }
        var report = AuditCheck.of(data, null);
        assertThat(report.fault()).isNull();
        assertThat(report.restarted())
                .singleElement()
                .asString()
                .contains("the last 2 records are missing")
                .contains("closed-");
        try (var first = opened(data);
                var second = opened(data)) {
            first.append(asked("y", null));
            assertThatThrownBy(() -> second.restart("none")).isInstanceOf(CommandsUnavailable.class);
        }
    }

    /** Those before it count as well, each by the one that came after it. */
    @Test
    void account_thatWasPutAside_isNotToBeChangedLater(@TempDir Path data) throws IOException {
        fill(data, 2);
        var folders = new ArrayList<Path>();
        for (int i = 0; i < 2; i++) {
            write(data, lines(data).subList(0, 1));
            var clock = InstantSource.fixed(Instant.ofEpochSecond(i));
            try (var log = new FileAuditLog(data, 4_096, clock)) {
                folders.add(Path.of(log.restart("fault " + i)));
                log.append(asked("x", null));
            }
        }
        assertThat(fault(data)).isNull();
        assertThat(AuditCheck.of(data, null).restarted())
                .hasSize(2)
                .first()
                .asString()
                .contains("fault 1");
        for (Path folder : folders) {
            Path log = folder.resolve("commands.log");
            String good = Files.readString(log);
            Files.writeString(log, good.replace("\"n\"", "\"m\""));
            assertThat(fault(data)).contains("has been changed");
            Files.delete(log);
            assertThat(fault(data)).contains("is missing");
            Files.writeString(log, good);
            assertThat(fault(data)).isNull();
        }
    }

    /** Kills a process that keeps an account, hard and while it writes, again and again. */
    @Test
    void account_survivesAHardKill(@TempDir Path data) throws Exception {
        long records = 0;
        for (int kill = 0; kill < 4; kill++) {
            long acknowledged = killedAfter(data, 40 + 17 * kill);
            var report = AuditCheck.of(data, null);
            assertThat(report.fault()).isNull();
            assertThat(report.records()).isGreaterThanOrEqualTo(records + acknowledged);
            records = report.records();
        }
        fill(data, 1);
        assertThat(fault(data)).isNull();
    }

    /** How many records a process had acknowledged when it was killed, some time after {@code records}. */
    private static long killedAfter(Path data, int records) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long acknowledged = 0;
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (acknowledged < records) {
                Objects.requireNonNull(out.readLine(), "the writer has ended");
                acknowledged++;
            }
            process.toHandle().destroyForcibly(); // which leaves its output to be read
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            while (out.readLine() != null) {
                acknowledged++;
            }
        }
        return acknowledged;
    }

    /** Appends records for ever, and says so of each. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) {
            String own = "id-" + ProcessHandle.current().pid() + "-";
            try (var log = opened(Path.of(args[0]))) {
                for (int i = 0; i < Integer.MAX_VALUE; i++) {
                    log.append(asked(own + i, i % 3 == 0 ? TRIP : null));
                    System.out.println("kept");
                }
            }
        }
    }
}
