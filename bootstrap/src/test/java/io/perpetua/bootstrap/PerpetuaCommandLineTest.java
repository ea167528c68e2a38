package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerpetuaCommandLineTest {

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help"})
    void help_namesEveryCommand(String word) {
        var run = CommandLineRun.of(word);
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains(
                        "serve",
                        "replay",
                        "chat",
                        "check",
                        "keys",
                        "export",
                        "import",
                        "reindex",
                        "health",
                        "Start the server.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "replay", "chat", "check", "keys", "export", "import", "reindex", "health"})
    void help_ofACommand_tellsItsOptions(String command) {
        var run = CommandLineRun.of(command, "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: perpetua " + command);
    }

    @Test
    void version_isTold() {
        var run = CommandLineRun.of("--version");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("perpetua ");
    }

    @Test
    void unknownCommand_isRefused() {
        var run = CommandLineRun.of("sreve");
        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("sreve").doesNotContain("\tat ");
    }

    @Test
    void noCommand_isRefused() {
        assertThat(CommandLineRun.of().status()).isEqualTo(Explanation.USAGE);
    }

    @Test
    void unknownOption_isRefused() {
        var run = CommandLineRun.of("serve", "--prot", "80");
        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("--prot");
    }

    @Test
    void chat_whereNobodyListens_saysSo() {
        // The input ends at once, so nothing is asked, and that is no failure.
        assertThat(CommandLineRun.of("chat", "--url", "not a url").status()).isEqualTo(Explanation.USAGE);
    }
}
