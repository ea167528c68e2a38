package io.perpetua.bootstrap.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {

    @Test
    void page_isTheOneInTheDocumentation() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "configuration.md")))
                .as("the table of keys has changed; write the page anew by"
                        + " ./perpetua check --reference > docs/configuration.md")
                .isEqualTo(ConfigurationReference.page());
    }

    @Test
    void page_namesEveryKeyWithItsVariable() {
        var page = ConfigurationReference.page();
        assertThat(Keys.all())
                .allSatisfy(key -> assertThat(page)
                        .contains("| `" + key.name().replace("*", "NAME") + "` |")
                        .contains(key.meaning()));
        assertThat(page)
                .contains("`PERPETUA_TOKEN_BUDGET_TOTAL`")
                .contains("`PERPETUA_REDIS_URL`, `REDIS_URL`")
                .contains("`PERPETUA_COMMANDS_WORKSPACE`, `PERPETUA_WORKSPACE`")
                .contains("`~/.perpetua`");
    }
}
