package io.perpetua.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Ordinary mistakes: each is said in one line, before anything is measured. */
class BenchTest {

    private static final Set<String> NEED_DATA = Set.of("memory", "indexes");

    private final Path folder;

    BenchTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            memory  | [1,            | , line 1: Unexpected end-of-input
            memory  | not JSON       | , line 1: Unrecognized token 'not'
            memory  | []             | : it holds neither LoCoMo's samples nor re-packed BEAM chats.
            memory  | [{"chat": 1, "messages": [{"time_anchor": "soon"}], "questions": []}] | : time_anchor: expected a day
            intents | smalltalk      | , line 1: not three cells: smalltalk
            intents | a > - > b      | , line 1: no such intent: a
            intents | ''             | : it holds no message.
            """)
    void data_thatAreNone_areComplainedAbout(String bench, String content, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("data"), content.replace(" > ", "\t"));
        assertThat(complaint(bench, "--data", file.toString()))
                .startsWith(file + sentence)
                .doesNotContain("[Source");
    }

    @ParameterizedTest
    @CsvSource({
        "memory, nowhere, it cannot be read",
        "intents, nowhere, it cannot be read",
        "memory, '', it is a folder"
    })
    void data_thatCannotBeRead_areComplainedAbout(String bench, String name, String sentence) {
        Path file = name.isEmpty() ? folder : folder.resolve(name);
        assertThat(complaint(bench, "--data", file.toString())).startsWith(file + ": " + sentence);
    }

    @Test
    void results_thatCannotBeWritten_areComplainedAboutFirst() {
        int options = 0;
        for (CommandLine bench : Bench.commandLine().getSubcommands().values()) {
            for (String option : List.of("--json", "--chart", "--fit")) {
                if (bench.getCommandSpec().findOption(option) != null) {
                    String name = bench.getCommandName();
                    assertThat(complaint(
                                    name, option, folder.resolve("nowhere/out").toString()))
                            .isEqualTo(option + ": there is no folder " + folder.resolve("nowhere") + ".");
                    assertThat(complaint(name, option, folder.toString()))
                            .isEqualTo(option + ": " + folder + " is a folder, not a file.");
                    options++;
                }
            }
        }
        assertThat(options).isEqualTo(16);
    }

    /** The one line that a command says when it refuses its words. */
    private static String complaint(String bench, String... words) {
        var line = new ArrayList<>(List.of(bench));
        line.addAll(List.of(words));
        if (NEED_DATA.contains(bench) && !line.contains("--data")) {
            line.addAll(List.of("--data", "nowhere"));
        }
        var err = new StringWriter();
        int status = Bench.commandLine().setErr(new PrintWriter(err)).execute(line.toArray(String[]::new));
        assertThat(status).as("%s", err).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString().strip();
    }
}
