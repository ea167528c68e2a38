package io.perpetua.adapters.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.perpetua.application.commands.Executor;
import io.perpetua.application.commands.ExecutorContract;
import io.perpetua.application.commands.Outcome.Ending;
import io.perpetua.domain.commands.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltinExecutorTest extends ExecutorContract {

    @TempDir
    private Path folder = Path.of(".");

    private FileWorkspace workspace = new FileWorkspace(Path.of("."), "/home/nobody");

    @BeforeEach
    void open() {
        workspace = Folders.workspace(folder);
    }

    @Override
    protected Executor executor() {
        return new BuiltinExecutor(workspace, Folders.LIMITS);
    }

    @Override
    protected Workspace workspace() {
        return workspace;
    }

    @Test
    void whatIsNotBuiltIn_isRefused() {
        for (String line :
                new String[] {"sort notes.txt", "touch x", "find . -size 1", "ls --sort=size", "nice ls", "ls > x"}) {
            assertThat(executor().refuses(plan(line))).as(line).contains("bubblewrap");
        }
    }

    /** A file that turns into a link outwards again and again, also between being judged and being opened. */
    @Test
    void file_thatTurnsIntoALink_isNeverReadThroughIt() throws Exception {
        Path root = Path.of(workspace.root());
        Path file = root.resolve("turning.txt");
        Files.writeString(file, "harmless\n");
        var plan = plan("cat turning.txt; grep -r . .; head turning.txt");
        var over = new AtomicBoolean();
        var turner = Thread.ofPlatform().start(() -> turn(root, file, over));
        try {
            for (int i = 0; i < 2_000; i++) {
                var outcome = executor().run(plan);
                assertThat(outcome.stdout()).doesNotContain(Folders.SECRET);
            }
        } finally {
            over.set(true);
            turner.join();
        }
    }

    /** The same with a folder above it. */
    @Test
    void folder_thatTurnsIntoALink_isNeverReadThroughIt() throws Exception {
        Path root = Path.of(workspace.root());
        Path turning = Files.createDirectories(root.resolve("turning"));
        Files.writeString(turning.resolve("secret.txt"), "harmless\n");
        var plan = plan("cat turning/secret.txt; find turning -name '*.txt'; ls turning");
        var over = new AtomicBoolean();
        var turner = Thread.ofPlatform().start(() -> turnFolder(root, turning, over));
        try {
            for (int i = 0; i < 2_000; i++) {
                assertThat(executor().run(plan).stdout()).doesNotContain(Folders.SECRET);
            }
        } finally {
            over.set(true);
            turner.join();
        }
    }

    private void turn(Path root, Path file, AtomicBoolean over) {
        try {
            Path link = root.resolve(".link");
            Path plain = root.resolve(".plain");
            while (!over.get()) {
                Files.createSymbolicLink(link, folder.resolve("secret.txt").toAbsolutePath());
                Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
                Files.writeString(plain, "harmless\n");
                Files.move(plain, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void turnFolder(Path root, Path turning, AtomicBoolean over) {
        try {
            Path aside = root.resolve(".aside");
            while (!over.get()) {
                Files.move(turning, aside);
                Files.createSymbolicLink(turning, folder.toAbsolutePath());
                Files.delete(turning);
                Files.move(aside, turning);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What cannot be read does not end a walk, or what was found until then would be taken for all. */
    @Test
    void walk_goesOnPastWhatCannotBeRead_andSaysSo() throws Exception {
        var odd = new ProcessBuilder("sh", "-c", "echo import odd > src/\"$(printf 'a\\377')\".py")
                .directory(new File(workspace.root()))
                .start();
        assumeTrue(odd.waitFor() == 0, "this system's names are texts");
        Path deep = Path.of(workspace.root(), "deep");
        for (int i = 0; i < 260; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("below.py"), "import below\n");
        var found = run("find . -name '*.py'");
        assertThat(found.stdout()).contains("./src/app.py");
        assertThat(found.stderr()).contains("No such file or directory").contains("Too many levels");
        assertThat(found.exitCode()).isEqualTo(1);
        var matched = run("grep -r import .");
        assertThat(matched.stdout()).contains("src/app.py:import os");
        assertThat(matched.stderr()).contains("No such file or directory").contains("Too many levels");
        assertThat(matched.exitCode()).isEqualTo(2);
        assertThat(run("grep -rq import .").exitCode()).isZero();
        assertThat(run("grep -rs import .").stderr()).isEmpty();
        var listed = run("ls -l src");
        assertThat(listed.stdout()).contains("app.py");
        assertThat(listed.exitCode()).isEqualTo(1);
        assertThat(run("ls src missing notes.txt").exitCode()).isEqualTo(2);
    }

    @Test
    void output_beyondTheLimit_isCutAndTold() throws IOException {
        Files.writeString(Path.of(workspace.root(), "long.txt"), "0123456789\n".repeat(100_000));
        var outcome = run("cat long.txt");
        assertThat(outcome.truncated()).isTrue();
        assertThat(outcome.ending()).isEqualTo(Ending.OUTPUT_LIMIT);
        assertThat(outcome.stdout()).hasSize(Folders.LIMITS.output());
    }

    /** An expression that goes back and forth for longer than anybody lives. */
    @Test
    void expression_thatNeverEnds_isEnded() throws IOException {
        Files.writeString(Path.of(workspace.root(), "a.txt"), "a".repeat(60) + "\n");
        var hasty = new BuiltinExecutor(workspace, new Limits(Duration.ofMillis(300), 1 << 16, 1L << 20, 4));
        var outcome = hasty.run(plan("grep -E '^(a|a)*b\\1$' a.txt"));
        assertThat(outcome.ending()).isEqualTo(Ending.TIME_LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(124);
    }

    @Test
    void listing_isToldInOrder() {
        assertThat(run("ls").stdout()).isEqualTo("inner\nnotes.txt\nsrc\n");
        assertThat(run("ls -F").stdout()).isEqualTo("inner@\nnotes.txt\nsrc/\n");
        assertThat(run("ls notes.txt src").stdout()).isEqualTo("notes.txt\nsrc:\napp.py\n");
        assertThat(run("pwd").stdout()).isEqualTo(workspace.root() + "\n");
        assertThat(run("wc notes.txt").stdout()).isEqualTo("3 3 14 notes.txt\n");
        assertThat(run("cat -n notes.txt").stdout()).startsWith("     1\tone\n");
        assertThat(run("grep -rl import .").stdout()).isEqualTo("./src/app.py\n");
    }
}
