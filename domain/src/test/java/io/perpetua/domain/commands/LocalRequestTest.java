package io.perpetua.domain.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRequestTest {

    private static final double RIGHT = 0.95;

    /** Utterances of which half are for a model, however much they look as if they were not. */
    @Test
    void utterance_isTakenForWhatItIs() throws IOException {
        var lines = utterances();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(150);
        var wrong = lines.stream()
                .filter(line ->
                        !kind(line.substring(line.indexOf('|') + 1)).equals(line.substring(0, line.indexOf('|'))))
                .toList();
        assertThat(1 - (double) wrong.size() / lines.size())
                .as(wrong.toString())
                .isGreaterThanOrEqualTo(RIGHT);
        assertThat(wrong).noneMatch(line -> line.startsWith("none|"));
    }

    private static List<String> utterances() throws IOException {
        try (var in = Objects.requireNonNull(LocalRequestTest.class.getResourceAsStream("/commands/utterances.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String kind(String utterance) {
        var request = LocalRequest.of(utterance);
        return request == null ? "none" : request.kind().name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "where are we? | pwd",
                "list the files | ls",
                "what's in the docs folder? | ls -- 'docs'",
                "list the Python files in src | find 'src' -type f -iname '*.py'",
                "list the folders | find . -mindepth 1 -maxdepth 1 -type d",
                "find the README | find . -type f -iname 'README*'",
                "where is src/app.py? | find . -type f -iname 'app.py'",
                "read the Makefile | cat -- [Mm][Aa][Kk][Ee][Ff][Ii][Ll][Ee]*",
                "please read 'my notes.txt' | cat -- 'my notes.txt'",
                "show me the first 10 lines of app.log | head -n 10 -- 'app.log'",
                "how many lines does app.log have? | wc -l -- 'app.log'"
            })
    void request_becomesALine(String utterance, String line) {
        var request = Objects.requireNonNull(LocalRequest.of(utterance), utterance);
        assertThat(request.commandLine()).isEqualTo(line);
    }

    /** Whatever stands where a file's name does, the line does nothing but read. */
    @Test
    void request_withAnyName_onlyReads() {
        var policy = new CommandPolicy(RuleBook.shipped(), CommandPolicy.WORKSPACE_WRITE);
        var random = new Random(3);
        var forms = List.of(
                "read %s", "find %s", "cat %s", "list the files in %s", "show me the first 3 lines of `%s`", "ls %s");
        var parts = List.of(
                "a", ".md", "/", "..", "'", "\"", "-", "*", "$(reboot)", ";", "`", "src", "~", "-delete", "etc/passwd");
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            var name = new ArrayList<String>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                name.add(parts.get(random.nextInt(parts.size())));
            }
            var request =
                    LocalRequest.of(forms.get(random.nextInt(forms.size())).formatted(String.join("", name)));
            if (request != null) {
                taken++;
                var judged = policy.judge(request.commandLine(), ".", PaperWorkspace.ofTheCorpus());
                assertThat(judged.kind()).as(request.commandLine()).isNotEqualTo(CommandClass.WRITE);
                assertThat(judged.allowed() && judged.kind() != CommandClass.SAFE)
                        .isFalse();
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }
}
