package io.perpetua.adapters.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.perpetua.application.commands.Executor;
import io.perpetua.application.commands.ExecutorContract;
import io.perpetua.application.commands.Outcome;
import io.perpetua.application.commands.Outcome.Ending;
import io.perpetua.domain.commands.CommandPolicy;
import io.perpetua.domain.commands.Joint;
import io.perpetua.domain.commands.Plan;
import io.perpetua.domain.commands.Plan.Errors;
import io.perpetua.domain.commands.Plan.Stage;
import io.perpetua.domain.commands.Plan.Step;
import io.perpetua.domain.commands.RuleBook;
import io.perpetua.domain.commands.Workspace;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sandbox, also by programs that the policy would never let in: a shell that tries to get out. Skipped where bubblewrap
 * is not there.
 */
@Timeout(120)
class SandboxedExecutorTest extends ExecutorContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of(".");

    private FileWorkspace workspace = new FileWorkspace(Path.of("."), "/home/nobody");
    private @Nullable SandboxedExecutor sandbox;

    @BeforeEach
    void open() {
        workspace = Folders.workspace(folder);
        sandbox = find(Folders.LIMITS);
        assumeTrue(sandbox != null, "bubblewrap is not there, or does not work here: nothing is shown of the sandbox");
    }

    @AfterEach
    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private @Nullable SandboxedExecutor find(Limits limits) {
        var folders = List.of(System.getenv("PATH").split(File.pathSeparator, -1));
        return SandboxedExecutor.find(folders, workspace, limits);
    }

    @Override
    protected Executor executor() {
        return Objects.requireNonNull(sandbox);
    }

    @Override
    protected Workspace workspace() {
        return workspace;
    }

    /** Runs a script in the sandbox that no policy has seen. */
    private Outcome script(String script, boolean writes) {
        return executor().run(scripted(script, writes));
    }

    private Plan scripted(String script, boolean writes) {
        var stage = new Stage(List.of("sh", "-c", script), Map.of(), Errors.KEPT, writes, false);
        return new Plan(List.of(new Step(Joint.THEN, false, workspace.root(), null, List.of(stage), true, 0)));
    }

    @Test
    void plan_thatWrites_writesInTheWorkspace() throws IOException {
        assertThat(run("echo hello > new.txt && cat new.txt").stdout()).isEqualTo("hello\n");
        assertThat(Files.readString(Path.of(workspace.root(), "new.txt"))).isEqualTo("hello\n");
        assertThat(run("echo more >> new.txt; sort -o new.txt new.txt; cat < new.txt")
                        .stdout())
                .isEqualTo("hello\nmore\n");
        assertThat(run("mkdir -p a/b && touch a/b/c && find a -type f").stdout())
                .isEqualTo("a/b/c\n");
    }

    @Test
    void workspace_isNotWrittenByPlansThatRead() {
        var outcome = script("echo x > new.txt; rm -f notes.txt; mkdir d; chmod 777 notes.txt; ls", false);
        assertThat(outcome.stdout()).isEqualTo("inner\nnotes.txt\nsrc\n");
        assertThat(outcome.stderr()).contains("Read-only file system");
    }

    /** Git runs what stands there, also later and outside of the sandbox: only git itself writes it. */
    @Test
    void whatGitKeeps_isWrittenByNobodyElse() throws IOException {
        run("git init -q .");
        Files.createSymbolicLink(Path.of(workspace.root(), "kept"), Path.of(".git"));
        var outcome = script(
                "echo x >> .git/config; echo x > .git/hooks; mv .git gone; echo x > kept/HEAD; ln .git/config c; echo y >> c;"
                        + " cd src; echo z > ../.git/config; echo end > ../new.txt",
                true);
        assertThat(outcome.stderr()).contains("Read-only file system");
        assertThat(Files.readString(Path.of(workspace.root(), ".git/config"))).doesNotContainPattern("(?m)^[xyz]$");
        assertThat(Files.exists(Path.of(workspace.root(), ".git/hooks"))).isFalse();
        assertThat(Files.readString(Path.of(workspace.root(), "new.txt"))).isEqualTo("end\n");
        assertThat(run("git add notes.txt && git status --short").stdout()).contains("A  notes.txt");
    }

    /** Also in folders below, and whatever words a program is given. */
    @Test
    void whatGitKeepsBelow_isWrittenByNobodyElse() throws IOException {
        run("git init -q . && git init -q src/sub");
        Path repository = Files.createDirectories(Path.of(workspace.root(), "bare/objects"));
        Files.writeString(repository.resolveSibling("HEAD"), "ref: refs/heads/main\n");
        var outcome = script(
                "echo x >> .git/config; echo x >> src/sub/.git/config; touch bare/config; touch src/sub/.git/x"
                        + "; echo end > new.txt # -- git --no-pager",
                true);
        assertThat(outcome.stderr().lines()).hasSize(4).allMatch(line -> line.contains("Read-only file system"));
        assertThat(Files.exists(Path.of(workspace.root(), "new.txt"))).isTrue();
    }

    /** Filters and drivers have names of their own, which no setting switches off. */
    @Test
    void git_isNotRun_whereARepositoryNamesWhatItRuns() throws IOException {
        run("git init -q . && git init -q src/sub");
        assertThat(refusal("git status")).isNull();
        Path config = Path.of(workspace.root(), "src/sub/.git/config");
        String plain = Files.readString(config);
        Files.writeString(config, plain + "[filter \"x\"]\n clean = touch /tmp/x\n");
        assertThat(refusal("git status")).contains("src/sub/.git").contains("[filter]");
        assertThatThrownBy(() -> run("ls; git status")).hasMessageContaining("[filter]");
        Files.writeString(config, plain);
        Files.writeString(Path.of(workspace.root(), "src/.git"), "gitdir: sub/.git\n");
        assertThat(refusal("git log")).contains("elsewhere");
    }

    private @Nullable String refusal(String line) {
        var judged = new CommandPolicy(RuleBook.shipped(), CommandPolicy.WORKSPACE_WRITE).judge(line, ".", workspace);
        return executor().refuses(Objects.requireNonNull(judged.plan()));
    }

    @Test
    void word_thatIsAnotherOneInThePlatformsCharset_isNotPassedOn() {
        assertThat(SandboxedExecutor.isPassedOn("s/a/b/", StandardCharsets.US_ASCII))
                .isTrue();
        assertThat(SandboxedExecutor.isPassedOn("s\u00e9a\u00e9b", StandardCharsets.US_ASCII))
                .isFalse();
        assertThat(SandboxedExecutor.isPassedOn("s\u00e9a\u00e9b", StandardCharsets.ISO_8859_1))
                .isFalse();
        assertThat(SandboxedExecutor.isPassedOn("s\u00e9a\u00e9b", StandardCharsets.UTF_8))
                .isTrue();
        assertThat(SandboxedExecutor.isPassedOn("\ud800", StandardCharsets.UTF_8))
                .isFalse();
    }

    @Test
    void whatIsFound_isReadByOneProgram() throws IOException {
        Files.writeString(Path.of(workspace.root(), "src/b x\n-x.py"), "odd\n");
        assertThat(run("find . -name '*.py' | xargs cat").stdout().lines())
                .containsExactlyInAnyOrder("import os", "odd");
        assertThat(run("find src -name 'x*' -o -name '*.py' | xargs -I{} wc -l {}")
                        .stdout())
                .contains("1 src/app.py");
        assertThat(run("env LC_ALL=C nohup stdbuf -oL cat notes.txt").stdout()).isEqualTo("one\ntwo\nthree\n");
    }

    /** What was judged to read cannot write, also where something else on the line may. */
    @Test
    void stage_thatReads_isReadOnly_besideOneThatWrites() {
        var reads = new Stage(List.of("sh", "-c", "echo x > reads.txt; echo read"), Map.of(), Errors.KEPT);
        var writes = new Stage(List.of("sh", "-c", "cat; echo x > writes.txt"), Map.of(), Errors.KEPT, true, false);
        var outcome = executor()
                .run(new Plan(
                        List.of(new Step(Joint.THEN, false, workspace.root(), null, List.of(reads, writes), true, 1))));
        assertThat(outcome.stdout()).isEqualTo("read\n");
        assertThat(outcome.stderr()).contains("Read-only file system");
        assertThat(Files.exists(Path.of(workspace.root(), "writes.txt"))).isTrue();
    }

    @Test
    void system_isReadOnlyAndTheRestIsNotThere() {
        String secret = folder.resolve("secret.txt").toAbsolutePath().toString();
        String home = System.getProperty("user.home");
        var outcome = script(
                "cat " + secret + " /etc/passwd /etc/shadow " + home + "/.ssh/id_rsa 2>&1; ls /home " + home
                        + " /var /opt 2>&1; " + "touch /usr/bin/x /bin/x /x /etc/x 2>&1; ls -A /; echo end",
                true);
        assertThat(outcome.stdout())
                .doesNotContain(Folders.SECRET)
                .doesNotContain("root:")
                .contains("end")
                .contains("No such file");
        assertThat(Files.exists(Path.of("/x"))).isFalse();
        assertThat(Files.exists(Path.of("/usr/bin/x"))).isFalse();
    }

    /** A link that is put into the workspace leads to nothing: what is outside is not there. */
    @Test
    void link_outOfTheWorkspace_leadsNowhere() throws IOException {
        Path secret = folder.resolve("secret.txt").toAbsolutePath();
        var plan = plan("cat src/app.py");
        Files.delete(Path.of(workspace.root(), "src/app.py"));
        Files.createSymbolicLink(Path.of(workspace.root(), "src/app.py"), secret); // after it was judged
        var outcome = executor().run(plan);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void otherProcesses_areNotToBeSeen() {
        long own = ProcessHandle.current().pid();
        var outcome = script(
                "for p in /proc/[0-9]*; do cat $p/cmdline | tr '\\0' ' '; echo; done; cat /proc/1/environ | tr '\\0' '\\n'; "
                        + "ls /proc/1/root/home 2>&1; cat /proc/" + own + "/environ 2>&1; kill -9 -1; kill -9 " + own
                        + " 2>&1; echo b > /proc/sysrq-trigger; echo 1 > /proc/sys/vm/drop_caches",
                true);
        assertThat(outcome.stdout()).doesNotContain("java").doesNotContain("surefire");
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void environment_isTheSandboxsOwn() {
        var outcome =
                script("env | cut -d= -f1 | grep -v -e GIT -e PWD -e SHLVL -e '^_$' | sort | tr '\\n' ' '", false);
        assertThat(outcome.stdout().strip()).isEqualTo("HOME LANG PATH");
    }

    @Test
    void network_isNotThere() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var outcome = script(
                    "ls /sys/class/net 2>&1; cat /proc/net/dev; exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort(),
                    false);
            assertThat(outcome.stdout()).doesNotContain("eth").doesNotContain("ens");
            assertThat(outcome.exitCode()).isNotZero();
            assertThat(bash("exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort())
                            .exitCode())
                    .isNotZero();
        }
    }

    private Outcome bash(String script) {
        var stage = new Stage(List.of("bash", "-c", script), Map.of(), Errors.KEPT);
        return executor()
                .run(new Plan(List.of(new Step(Joint.THEN, false, workspace.root(), null, List.of(stage), true, 0))));
    }

    /** Whoever goes on in the background, in a session of its own, ends with what has started it. */
    @Test
    void backgroundProcess_doesNotOutliveItsCommand() {
        String name = "3141592.65";
        var outcome =
                script("setsid sleep " + name + " & sleep " + name + " & disown 2>/dev/null; echo started", false);
        assertThat(outcome.stdout()).contains("started");
        await(() -> ProcessHandle.allProcesses()
                .noneMatch(each -> each.info().commandLine().orElse("").contains(name)));
    }

    @Test
    void time_isLimitedForAllThatWasStarted() {
        String name = "2718281.82";
        var hasty = Objects.requireNonNull(find(new Limits(Duration.ofMillis(500), 1 << 16, 512L << 20, 32)));
        try (hasty) {
            var outcome = hasty.run(scripted("trap '' TERM INT HUP; (sleep " + name + ") & sleep " + name, false));
            assertThat(outcome.ending()).isEqualTo(Ending.TIME_LIMIT);
            assertThat(outcome.exitCode()).isEqualTo(124);
        }
        await(() -> ProcessHandle.allProcesses()
                .noneMatch(each -> each.info().commandLine().orElse("").contains(name)));
    }

    @Test
    void flood_ofOutput_isCut() {
        var outcome = script("yes flood; echo never", false);
        assertThat(outcome.truncated()).isTrue();
        assertThat(outcome.ending()).isEqualTo(Ending.OUTPUT_LIMIT);
        assertThat(outcome.stdout()).hasSize(Folders.LIMITS.output());
        var errors = script("yes flood >&2", false);
        assertThat(errors.truncated()).isTrue();
        assertThat(errors.stderr()).hasSize(Folders.LIMITS.output());
    }

    /** Ten generations of two processes each: a bomb that would burn out by itself, at a thousand. */
    @Test
    void forkBomb_isStopped() {
        var outcome = script(
                "bomb() { [ \"$1\" -gt 0 ] && { bomb $(($1-1)) & bomb $(($1-1)) & wait; }; sleep 5; }; bomb 10", false);
        boolean stopped = outcome.ending() == Ending.PROCESS_LIMIT; // where the system does not refuse to fork before
        assertThat(stopped || outcome.stderr().contains("fork"))
                .as(outcome.stderr())
                .isTrue();
    }

    @Test
    void memory_isLimited() {
        var outcome = script("head -c 2000000000 /dev/zero | tail -c 1900000000 | wc -c", false);
        assertThat(outcome.stdout().strip()).isNotEqualTo("1900000000");
    }

    @Test
    void temporaryFiles_areItsOwn() {
        script("echo secret > /tmp/left-behind", false);
        assertThat(script("ls -A /tmp", false).stdout()).doesNotContain("left-behind");
        assertThat(Files.exists(Path.of("/tmp/left-behind"))).isFalse();
    }

    @Test
    void devices_areHarmless() {
        var outcome = script(
                "ls /dev | grep -e sd -e vd -e nvme -e mem -e kvm; mknod x b 8 0 2>&1; mount -t tmpfs x /mnt 2>&1",
                true);
        assertThat(outcome.stdout()).doesNotContain("sda").doesNotContain("vda").doesNotContain("kvm");
        assertThat(Files.exists(Path.of(workspace.root(), "x"))).isFalse();
    }

    /** A caller that leaves takes along what runs for it. */
    @Test
    void interrupt_stopsWhatRuns() throws InterruptedException {
        String name = "1414213.56";
        var begun = new CountDownLatch(1);
        var failure = new AtomicReference<RuntimeException>();
        var caller = Thread.ofVirtual().start(() -> {
            begun.countDown();
            try {
                script("sleep " + name, false);
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        begun.await();
        await(() -> ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains(name)));
        caller.interrupt();
        caller.join();
        assertThat(failure.get()).isInstanceOf(CancellationException.class);
        await(() -> ProcessHandle.allProcesses()
                .noneMatch(each -> each.info().commandLine().orElse("").contains(name)));
    }

    @Test
    void program_thatIsNotThere_isRefusedBefore() {
        var stage = new Stage(List.of("no-such-program"), Map.of(), Errors.KEPT);
        var plan = new Plan(List.of(new Step(Joint.THEN, false, workspace.root(), null, List.of(stage), true, 0)));
        assertThat(executor().refuses(plan)).contains("no-such-program");
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("it does not come true").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
