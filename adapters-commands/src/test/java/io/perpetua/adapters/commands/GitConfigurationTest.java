package io.perpetua.adapters.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitConfigurationTest {

    @TempDir
    private Path repository = Path.of(".");

    @Test
    void configuration_thatGitWrites_isPlain() {
        assertThat(GitConfiguration.fault("""
                        [core]
                        \trepositoryformatversion = 0
                        \tfilemode = true
                        \tbare = false ; no
                        # a comment
                        [remote "origin"]
                        \turl = https://example.com/a.git
                        \tfetch = +refs/heads/*:refs/remotes/origin/*
                        [branch "feature/\\"x\\""] # and another
                        \tmerge = refs/heads/main
                        [merge]
                        \tconflictStyle = diff3
                        [diff "word"]
                        \txfuncname = "^[a-z]"
                        [user]
                        \tname = Ada \u00c3\u00a9
                        [push]
                        \tdefault
                        """)).isNull();
        assertThat(GitConfiguration.fault("[core]\r\n\tbare = false\r\n")).isNull();
        assertThat(GitConfiguration.fault("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[filter \"evil\"]\n clean = id",
                "[filter.evil]\n clean = id",
                "[FILTER \"evil\"]\n clean = id",
                "\t[filter\t\"evil\"]",
                "\u00ef\u00bb\u00bf[filter \"evil\"]\n clean = id",
                "[a][filter \"evil\"] clean = id",
                "[x] [filter \"evil\"]\n clean = id",
                "[a][include]path = inc",
                "[include]\n path = inc ; comment",
                "[include]\n path = ~/inc",
                "[includeIf \"gitdir:x\"]\n path = inc",
                "[core]\n editor = x\\\n[filter \"evil\"]",
                "[core]\r\n editor = x\\\r\n[filter \"evil\"]",
                "[core]\r[filter \"evil\"]",
                "[core]\u000b[filter \"evil\"]",
                "[core] bare = false",
                "[ filter \"evil\"]",
                "[filter \"e\nvil\"]",
                "[merge \"evil\"]\n driver = id",
                "[merge.evil]\n Driver = id",
                "[diff]\n external = id",
                "[diff \"evil\"]\n textconv = id",
                "[diff \"evil\"]\n command = id",
                "nothing at all = \u0000",
                "?"
            })
    void configuration_thatNamesWhatIsRun_orIsNotPlain_isAFault(String text) {
        assertThat(GitConfiguration.fault(text)).isNotNull();
    }

    @Test
    void repository_thatIsNotWholeInItsFolder_isAFault() throws IOException {
        assertThat(GitConfiguration.fault(repository)).isNull();
        Path config = repository.resolve("config");
        Files.writeString(config, "[core]\n");
        assertThat(GitConfiguration.fault(repository)).isNull();
        assertThat(GitConfiguration.fault(config)).contains("elsewhere");
        Files.write(config, new byte[] {'#', (byte) 0xff, '\n', '[', 'f', 'i', 'l', 't', 'e', 'r', ']'});
        assertThat(GitConfiguration.fault(repository)).contains("[filter]");
        Files.writeString(config, "#" + "x".repeat(1 << 20));
        assertThat(GitConfiguration.fault(repository)).contains("too large");
        Files.delete(config);
        Files.writeString(repository.resolve("other"), "[core]\n");
        Files.createSymbolicLink(config, Path.of("other"));
        assertThat(GitConfiguration.fault(repository)).contains("no file");
        Files.delete(config);
        Files.writeString(repository.resolve("config.worktree"), "[filter \"x\"]\n");
        assertThat(GitConfiguration.fault(repository)).contains("[filter]");
        Files.delete(repository.resolve("config.worktree"));
        Files.writeString(repository.resolve("commondir"), "..\n");
        assertThat(GitConfiguration.fault(repository)).contains("elsewhere");
    }
}
