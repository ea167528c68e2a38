package io.perpetua.adapters.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that would run a program at every turn, and git in it. Skipped where there is no git. */
class GitSettingsTest {

    @TempDir
    private Path folder = Path.of(".");

    private Path marks = Path.of(".");
    private Path repository = Path.of(".");

    @BeforeEach
    void trap() throws Exception {
        assumeTrue(Bubblewrap.find("git", List.of("/usr/bin", "/bin")) != null, "git is not there");
        repository = Files.createDirectories(folder.toRealPath().resolve("repository"));
        marks = Files.createDirectories(folder.toRealPath().resolve("marks"));
        Files.writeString(repository.resolve("a.txt"), "one\n");
        git("init", "-q", ".");
        git("add", "a.txt");
        git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", "first");
        var config = new StringBuilder("[user]\n name = Ada\n email = ada@example.com\n[log]\n showSignature = true\n");
        config.append("[commit]\n gpgSign = true\n[log]\n diffMerges = remerge\n[diff]\n submodule = diff\n");
        for (String key : List.of(
                "core.fsmonitor",
                "core.pager",
                "core.editor",
                "core.sshCommand",
                "core.askPass",
                "gpg.program",
                "diff.external",
                "credential.helper",
                "alias.status",
                "alias.log",
                "pager.log",
                "diff.evil.textconv",
                "diff.evil.command")) {
            int dot = key.lastIndexOf('.');
            String section = key.substring(0, dot).replaceFirst("\\.(.*)", " \"$1\"");
            config.append("[%s]%n %s = %s%n".formatted(section, key.substring(dot + 1), marking(key)));
        }
        Files.writeString(repository.resolve(".git/config"), config, StandardOpenOption.APPEND);
        Path hooks = Files.createDirectories(repository.resolve(".git/hooks"));
        for (String hook :
                List.of("pre-commit", "post-commit", "post-index-change", "commit-msg", "prepare-commit-msg")) {
            Path file = Files.writeString(hooks.resolve(hook), "#!/bin/sh\ntouch " + marks.resolve(hook) + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(repository.resolve(".gitattributes"), "*.txt diff=evil merge=evil\n");
    }

    private String marking(String key) {
        return "\"touch " + marks.resolve(key) + "; cat\"";
    }

    private record Ended(int status, String printed) {}

    private Ended git(String... words) throws Exception {
        var argv = new ArrayList<>(List.of("git", "--no-pager"));
        argv.addAll(List.of(words));
        var builder = new ProcessBuilder(argv).directory(repository.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(GitSettings.environment(repository));
        var process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), printed);
    }

    private List<Path> marks() throws IOException {
        try (var files = Files.list(marks)) {
            return files.toList();
        }
    }

    @Test
    void reading_runsNothing() throws Exception {
        Files.writeString(repository.resolve("a.txt"), "two\n");
        assertThat(git("status", "--short").printed()).contains(" M a.txt");
        assertThat(git("diff", "--no-ext-diff", "--no-textconv").printed()).contains("+two");
        assertThat(git("log", "--no-ext-diff", "--no-textconv", "-p", "--format=%h %G?")
                        .printed())
                .contains("+one");
        assertThat(git("stash", "list", "--no-ext-diff", "--no-textconv", "-p").status())
                .isZero();
        git("blame", "--no-textconv", "a.txt");
        git("branch", "--list", "--format=%(signature)");
        git("submodule", "status");
        git("cat-file", "-p", "HEAD");
        assertThat(marks()).isEmpty();
    }

    @Test
    void writing_runsNothing() throws Exception {
        Files.writeString(repository.resolve("plain.md"), "plain\n");
        assertThat(git("add", "plain.md").status()).isZero();
        assertThat(git("commit", "-m", "second").status()).isZero();
        assertThat(git("mv", "plain.md", "other.md").status()).isZero();
        assertThat(marks()).isEmpty();
    }

    /** Or the tests above would prove nothing. */
    @Test
    void trap_springsWithoutTheSettings() throws Exception {
        Files.writeString(repository.resolve("a.txt"), "two\n");
        var process = new ProcessBuilder("git", "-c", "safe.directory=*", "diff")
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(marks()).isNotEmpty();
    }

    @Test
    void mergeDriver_isRunByNoLog() throws Exception {
        Files.writeString(
                repository.resolve(".git/config"),
                "[merge \"evil\"]\n driver = " + marking("driver") + "\n",
                StandardOpenOption.APPEND);
        git("checkout", "-q", "-b", "side");
        Files.writeString(repository.resolve("a.txt"), "side\n");
        git("commit", "-q", "-am", "side");
        git("checkout", "-q", "-b", "main2", "HEAD~1");
        Files.writeString(repository.resolve("a.txt"), "main\n");
        git("commit", "-q", "-am", "main");
        git("merge", "-q", "-s", "ours", "side", "-m", "both");
        assertThat(git("log", "-p", "-m", "-1", "--no-ext-diff", "--no-textconv")
                        .printed())
                .contains("both");
        assertThat(marks()).isEmpty();
    }

    @Test
    void repositories_areFoundBelow_throughLinks_andWithoutTheirName() throws IOException {
        Path sub = Files.createDirectories(repository.resolve("src/main/.git"));
        Files.createDirectories(repository.resolve("bare/objects"));
        Files.writeString(repository.resolve("bare/HEAD"), "ref: refs/heads/main\n");
        Files.createDirectories(repository.resolve("plain/kept"));
        Files.createSymbolicLink(repository.resolve("plain/.git"), Path.of("kept"));
        assertThat(Repositories.in(repository))
                .containsExactlyInAnyOrder(
                        repository.resolve(".git"),
                        sub,
                        repository.resolve("bare"),
                        repository.resolve("plain/.git"),
                        repository.resolve("plain/kept"));
        assertThat(Repositories.fault(repository)).isNotNull();
    }
}
