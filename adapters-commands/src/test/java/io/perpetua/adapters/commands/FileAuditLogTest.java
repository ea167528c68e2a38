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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

    private static void fill(Path data, int commands) {
        try (var log = new FileAuditLog(data)) {
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
    void nothing_isAGoodAccount(@TempDir Path data) {
        assertThat(fault(data)).isNull();
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
        try (var log = new FileAuditLog(data)) {
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
        try (var first = new FileAuditLog(data);
                var second = new FileAuditLog(data)) {
            first.append(asked("a", null));
            assertThatThrownBy(() -> second.append(asked("b", null))).isInstanceOf(CommandsUnavailable.class);
        }
    }

    @Test
    void whatWasSaidInAConversation_goesWithIt(@TempDir Path data) throws IOException {
        try (var log = new FileAuditLog(data)) {
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
    }

    @Test
    void whatWasSaidInAConversation_whenChanged_isFound(@TempDir Path data) throws IOException {
        try (var log = new FileAuditLog(data)) {
            log.append(asked("name", TRIP));
        }
        Path said = AuditFiles.in(data).said(TRIP);
        Files.writeString(said, Files.readString(said).replace("ls -la", "rm -rf"));
        assertThat(fault(data)).contains("changed");
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
            try (var log = new FileAuditLog(Path.of(args[0]))) {
                for (int i = 0; i < Integer.MAX_VALUE; i++) {
                    log.append(asked(own + i, i % 3 == 0 ? TRIP : null));
                    System.out.println("kept");
                }
            }
        }
    }
}
